import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Client, type ConnectConfig } from 'ssh2';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { TargetOptions } from '../../contract/target.ts';
import type { SshOptions } from './options.ts';

const CONNECT_TIMEOUT_MS = 15_000;

/** Off by default: SHA-1 and CBC. Old IOS, Comware and FastIron releases offer nothing newer. */
const LEGACY: ConnectConfig['algorithms'] = {
  kex: {
    append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
    prepend: [],
    remove: [],
  },
  cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
  serverHostKey: { append: ['ssh-rsa', 'ssh-dss'], prepend: [], remove: [] },
  hmac: { append: ['hmac-sha1', 'hmac-md5'], prepend: [], remove: [] },
};

/** Fingerprint of a host key as `ssh-keygen -l` prints it. */
export function hostKeyFingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/**
 * An authenticated SSH connection, with keep-alive. Errors: `switch_host_key_unknown`, `switch_host_key_mismatch`,
 * `switch_auth_failed`, `switch_unreachable` (retryable).
 */
export function connectSsh(name: string, options: SshOptions, target: TargetOptions): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    let keyError: FabricError | null = null;

    const fail = (error: Error & { level?: string }) => {
      client.destroy();
      reject(keyError ?? connectionError(name, options, error));
    };
    client.once('error', fail);
    client.once('close', () => fail(new Error('the device closed the connection during login')));
    client.once('ready', () => {
      client.removeAllListeners('error').removeAllListeners('close');
      resolve(client);
    });
    // Many switches offer keyboard-interactive only and ask nothing but the password.
    client.on('keyboard-interactive', (_name, _instructions, _lang, prompts, answer) =>
      answer(prompts.map(() => options.password ?? '')),
    );
    // Nagle's algorithm and delayed acknowledgement together cost 40 ms an exchange, also those of the handshake.
    const sock = connect({ host: options.host, port: options.port, noDelay: true }).setMaxListeners(0);
    try {
      client.connect({
        sock,
        username: options.username,
        ...(options.password !== undefined && { password: options.password, tryKeyboard: true }),
        ...(options.privateKey !== undefined && { privateKey: options.privateKey }),
        ...(options.passphrase !== undefined && { passphrase: options.passphrase }),
        ...(options.legacyAlgorithms && { algorithms: LEGACY }),
        readyTimeout: target.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
        hostVerifier: (key: Buffer) => {
          keyError = checkHostKey(name, hostKeyFingerprint(key), options.hostKey, target.onHostKey);
          return keyError === null;
        },
      });
    } catch (error) {
      // ssh2 throws at once on a private key it cannot read.
      sock.destroy();
      fail(error instanceof Error ? error : new Error(messageOf(error)));
    }
  });
}

function checkHostKey(
  name: string,
  offered: string,
  pinned: string | undefined,
  learned: TargetOptions['onHostKey'],
): FabricError | null {
  if (pinned === 'trust-first') {
    learned?.(offered);
    return null;
  }
  if (pinned === undefined) {
    return new FabricError(
      'switch_host_key_unknown',
      `no SSH host key is pinned for switch ${name}; it offers ${offered}. Compare it on the switch's console, then register it as hostKey (or 'trust-first' to take what is offered)`,
      { context: { switch: name, offered } },
    );
  }
  if (pinned.replace(/=+$/, '') === offered) return null;
  return new FabricError(
    'switch_host_key_mismatch',
    `switch ${name} offers the SSH host key ${offered}, but ${pinned} is pinned: another device answers at its address, or its key was made anew. Find out which before you change the pin`,
    { context: { switch: name, offered, pinned } },
  );
}

function connectionError(name: string, options: SshOptions, error: Error & { level?: string }): FabricError {
  const context = { switch: name, host: options.host, port: options.port };
  if (error.level === 'client-authentication') {
    return new FabricError(
      'switch_auth_failed',
      `switch ${name} refused the login of ${options.username}; check user name, password or key`,
      { context },
    );
  }
  if (/no matching/i.test(error.message)) {
    return new FabricError(
      'switch_algorithms_mismatch',
      `switch ${name} and this client share no safe SSH algorithm (${error.message}); set legacyAlgorithms if the switch cannot be updated`,
      { context },
    );
  }
  return new FabricError('switch_unreachable', `switch ${name} at ${options.host}:${options.port}: ${error.message}`, {
    retryable: true,
    context,
    cause: error,
  });
}
