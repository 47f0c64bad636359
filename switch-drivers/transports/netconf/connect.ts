import type { Client, ClientChannel } from 'ssh2';
import type { TargetOptions } from '../../contract/target.ts';
import { connectSsh } from '../ssh-cli/connect.ts';
import { sessionLost } from './errors.ts';
import type { NetconfOptions } from './options.ts';
import { NetconfSession } from './session.ts';

/** A commit on a stack of switches takes more than half a minute. */
const OPERATION_TIMEOUT_MS = 120_000;

/**
 * Opens a NETCONF session over SSH (RFC 6242). The SSH connection's own keep-alive finds a dead peer within 40 seconds.
 * Errors: those of `connectSsh`, `switch_session_lost`, `switch_timeout`, `switch_unsupported`, `netconf_malformed`.
 */
export async function openNetconf(
  name: string,
  options: NetconfOptions,
  target: TargetOptions = {},
): Promise<NetconfSession> {
  const client = await connectSsh(name, options, target);
  const stream = await openSubsystem(name, client);
  return NetconfSession.start({
    name,
    stream,
    dispose: () => {
      client.end();
      client.destroy();
    },
    onLost: (listener) => {
      client.on('error', (error) => listener(error.message));
      client.on('close', () => listener('the connection broke'));
    },
    timeoutMs: target.commandTimeoutMs ?? OPERATION_TIMEOUT_MS,
  });
}

function openSubsystem(name: string, client: Client): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const refused = (reason: string) => {
      client.destroy();
      reject(sessionLost(name, reason));
    };
    const closed = () => refused('the device closed the connection before it gave a NETCONF session');
    client.once('close', closed);
    client.on('error', () => {});
    client.subsys('netconf', (error, channel) => {
      client.removeListener('close', closed);
      if (error) refused(`${error.message}; NETCONF may be off there, or no session free`);
      else resolve(channel);
    });
  });
}
