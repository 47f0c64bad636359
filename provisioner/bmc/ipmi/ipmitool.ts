import { execFile } from 'node:child_process';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import type { IpmiTarget } from '../driver-info.ts';
import { classifySession } from './session-fault.ts';

/** 17 = HMAC-SHA256 (IPMI 2.0 errata 4); 3 = HMAC-SHA1, what older BMCs and ipmi_sim have. */
const cipherSuites = [17, 3];
const maxOutput = 256 * 1024;

/** BMC -> cipher suite that worked, so only the first command pays for finding it. Oldest entry goes first. */
const remembered = new Map<string, number>();
const rememberedLimit = 10_000;

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs one ipmitool command and returns its stdout. The password travels in the environment (`-E`), which other users
 * cannot read, never in argv. The suite is always given: asking the BMC for its list costs 10 s where that is
 * unanswered.
 */
export async function ipmitool(
  target: IpmiTarget,
  command: string[],
  options: { timeoutMs?: number } = {},
): Promise<string> {
  const key = `${target.host}:${target.port}`;
  const known = target.cipherSuite ?? remembered.get(key);
  const suites =
    known === undefined
      ? cipherSuites
      : [known, ...(target.cipherSuite === null ? cipherSuites.filter((x) => x !== known) : [])];
  let refused = '';
  for (const suite of suites) {
    const run = await spawnIpmitool(target, suite, command, suite === known ? 'settled' : 'probing', options.timeoutMs);
    if (run.code === 0) {
      remember(key, suite);
      return run.stdout;
    }
    if (!/Unable to establish/.test(run.stderr)) {
      remember(key, suite);
      throw commandFailed(target, command, run);
    }
    // ipmitool tells a wrong password from silence only when verbose.
    const verbose = await spawnIpmitool(
      target,
      suite,
      ['-v', 'chassis', 'power', 'status'],
      'probing',
      options.timeoutMs,
    );
    const fault = verbose.code === 0 ? 'silent' : classifySession(verbose.stderr + verbose.stdout);
    if (fault === 'auth') throw authFailed(target);
    if (fault === 'silent') throw unreachable(target);
    if (fault === 'busy') throw noSession(target);
    remembered.delete(key);
    refused = (verbose.stderr.trim().split('\n')[0] ?? '').trim();
  }
  throw new FabricError(
    'bmc_command_failed',
    `The BMC ${key} accepts none of the cipher suites ${suites.join(', ')} (${refused}). Set driver_info/ipmi_cipher_suite to one it offers.`,
    { context: { address: key } },
  );
}

function spawnIpmitool(
  target: IpmiTarget,
  suite: number,
  command: string[],
  phase: 'probing' | 'settled',
  timeoutMs?: number,
): Promise<Run> {
  // -N seconds a try, -R tries: short while looking for the suite, patient with a lossy network afterwards.
  const patience = phase === 'probing' ? ['-N', '1', '-R', '1'] : ['-N', '2', '-R', '3'];
  const args = ['-I', 'lanplus', '-H', target.host, '-p', String(target.port), '-U', target.username, '-E'];
  args.push('-L', target.privilege, '-C', String(suite), ...patience, ...command);
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', IPMI_PASSWORD: target.password };
  return new Promise((resolve, reject) => {
    execFile(
      'ipmitool',
      args,
      { env, timeout: timeoutMs ?? 30_000, maxBuffer: maxOutput, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (!error) return resolve({ code: 0, stdout, stderr });
        if (error.code === 'ENOENT') {
          return reject(
            new FabricError(
              'bmc_tool_missing',
              'The program ipmitool is not installed. Install it with: apt-get install ipmitool',
              { cause: error },
            ),
          );
        }
        if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
          return reject(
            new FabricError(
              'bmc_answer_invalid',
              `ipmitool printed more than ${maxOutput} bytes about ${target.host}.`,
            ),
          );
        }
        if (error.killed) return reject(unreachable(target));
        resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout, stderr });
      },
    );
  });
}

function remember(key: string, suite: number): void {
  remembered.delete(key);
  remembered.set(key, suite);
  if (remembered.size > rememberedLimit) remembered.delete(remembered.keys().next().value!);
}

const addressOf = (target: IpmiTarget): string => `${target.host}:${target.port}`;

function authFailed(target: IpmiTarget): FabricError {
  return new FabricError(
    'bmc_auth_failed',
    `The BMC ${addressOf(target)} refused the login of "${target.username}": check ipmi_username / ipmi_password, ` +
      `and that the user may use IPMI over LAN with privilege ${target.privilege}.`,
    { context: { address: addressOf(target) } },
  );
}

function unreachable(target: IpmiTarget): FabricError {
  return new FabricError(
    'bmc_unreachable',
    `No IPMI answer from ${addressOf(target)} (UDP). Check ipmi_address / ipmi_port, that IPMI over LAN is on, and the way there.`,
    { retryable: true, context: { address: addressOf(target) } },
  );
}

function noSession(target: IpmiTarget): FabricError {
  return new FabricError(
    'bmc_command_failed',
    `The BMC ${addressOf(target)} has no free session: other IPMI clients hold them all.`,
    {
      retryable: true,
      context: { address: addressOf(target) },
    },
  );
}

function commandFailed(target: IpmiTarget, command: string[], run: Run): FabricError {
  const words = (run.stderr.trim() || run.stdout.trim()).split('\n').slice(-3).join(' ').slice(0, 500);
  // Completion codes C0 (node busy) and C3 (time-out) pass; a dropped session looks like the next two. "Unable to" is how
  // ipmitool says that no answer came: a BMC that acts before it answers may well have done it.
  const passing = /node busy|timeout|no response|session|unable to (set|get)/i.test(words);
  return new FabricError(
    'bmc_command_failed',
    `The BMC ${addressOf(target)} refused "${command.join(' ')}": ${words || 'no reason given'}`,
    {
      retryable: passing,
      context: { address: addressOf(target), command: command.join(' ') },
    },
  );
}
