/** Why no RMCP+ session came about. */
export type SessionFault = 'auth' | 'cipher' | 'busy' | 'silent';

/**
 * Reads ipmitool's verbose output of a session that failed. RAKP 2 is the first message keyed with the password
 * (IPMI 2.0 13.20), so a fault from there on is about the login; one in the open session response about the suite.
 */
export function classifySession(output: string): SessionFault {
  if (/insufficient resources/i.test(output)) return 'busy';
  if (/RAKP \d|unauthorized|privilege|invalid role|password/i.test(output)) return 'auth';
  if (/cipher suite|(authentication|integrity|confidentiality) algorithm|open session response/i.test(output))
    return 'cipher';
  return 'silent';
}
