import type { KernelParams } from './kernel-params.ts';

/** What the deploy ramdisk is told; the names are those of ironic-python-agent's configuration. */
export interface AgentBoot {
  /** Base URL of the bare-metal API. */
  apiUrl: string;
  /** Set for an inspection boot. */
  inspectionCallbackUrl?: string;
  /** The NIC it booted from. */
  mac?: string;
  /** Gather LLDP frames (our ramdisk and IPA's `lldp` collector). */
  collectLldp?: boolean;
  /** Seconds to listen for LLDP. */
  lldpTimeout?: number;
  /** Root device hints, e.g. `{serial: 'X1', size: '>= 100'}`. */
  rootDevice?: Readonly<Record<string, string | number | boolean>>;
  /** Consoles, the last one becomes /dev/console; e.g. `ttyS0,115200`. */
  consoles?: readonly string[];
  debug?: boolean;
  /** Accept any certificate of the API; for laboratories. */
  insecure?: boolean;
  /** The operator's own, last; they override what is above. */
  extra?: KernelParams;
}

export function agentKernelParams(boot: AgentBoot): KernelParams {
  const params: Record<string, KernelParams[string]> = { 'ipa-api-url': boot.apiUrl };
  if (boot.inspectionCallbackUrl !== undefined) params['ipa-inspection-callback-url'] = boot.inspectionCallbackUrl;
  if (boot.inspectionCallbackUrl !== undefined && boot.collectLldp)
    params['ipa-inspection-collectors'] = 'default,logs,lldp';
  if (boot.collectLldp !== undefined) params['ipa-collect-lldp'] = boot.collectLldp ? '1' : '0';
  if (boot.lldpTimeout !== undefined) params['ipa-lldp-timeout'] = boot.lldpTimeout;
  // pxelinux's form (IPAPPEND 2): hardware type 1, then the MAC with dashes.
  if (boot.mac !== undefined) params.BOOTIF = `01-${boot.mac.toLowerCase().replaceAll(':', '-')}`;
  const hints = Object.entries(boot.rootDevice ?? {});
  if (hints.length > 0) {
    // The agent undoes the percent-encoding of each value; so blanks in a model name survive the command line.
    params.root_device = hints.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join(',');
  }
  if (boot.debug) params['ipa-debug'] = '1';
  if (boot.insecure) params['ipa-insecure'] = '1';
  if (boot.consoles?.length) params.console = boot.consoles;
  return { ...params, ...boot.extra };
}
