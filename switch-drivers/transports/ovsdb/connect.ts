import net from 'node:net';
import tls from 'node:tls';
import { FabricError, isFabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { Remote } from './remote.ts';

/**
 * How the server is told from an impostor, and who we are to it. At least one of `ca` and `fingerprint` is needed for
 * an ssl remote; with both, both must hold.
 */
export interface OvsdbTls {
  /** PEM of the CAs that may have signed the server's certificate. */
  ca?: string;
  /** SHA-256 of the server's certificate (DER) in hex, colons optional: exactly this certificate, whoever signed it. */
  fingerprint?: string;
  /**
   * Name the certificate must carry. Without it a certificate by `ca` is enough, as for Open vSwitch's own clients:
   * certificates made by ovs-pki name no host (no subjectAltName).
   */
  serverName?: string;
  /** PEM of our certificate and its key, for a server that asks for them. */
  cert?: string;
  key?: string;
}

/** Opens the stream to a server. Throws FabricError `ovsdb_unreachable`, `ovsdb_tls_untrusted`, `ovsdb_tls_config`. */
export async function openSocket(
  remote: Remote,
  security: OvsdbTls | undefined,
  timeoutMs: number,
): Promise<net.Socket> {
  const where = remote.kind === 'unix' ? `unix:${remote.path}` : `${remote.kind}:${remote.host}:${remote.port}`;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = start(remote, security, where);
  // Errors are told by the promise here and by the 'close' event later; in between nobody would be listening.
  socket.on('error', () => {});
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const onClose = () => reject(new Error('connection closed by the other side'));
  socket.once(remote.kind === 'ssl' ? 'secureConnect' : 'connect', resolve);
  socket.once('error', reject);
  socket.once('close', onClose);
  try {
    await promise;
    if (socket instanceof tls.TLSSocket && security?.fingerprint !== undefined)
      pin(socket, security.fingerprint, where);
    socket.setNoDelay(true);
    return socket;
  } catch (cause) {
    socket.destroy();
    if (isFabricError(cause)) throw cause;
    throw failure(where, cause);
  } finally {
    clearTimeout(timer);
    socket.off('error', reject);
    socket.off('close', onClose);
  }
}

function start(remote: Remote, security: OvsdbTls | undefined, where: string): net.Socket {
  if (remote.kind === 'unix') return net.connect({ path: remote.path });
  if (remote.kind === 'tcp') return net.connect({ host: remote.host, port: remote.port });
  if (security === undefined || (security.ca === undefined && security.fingerprint === undefined)) {
    throw new FabricError(
      'ovsdb_tls_config',
      `Nothing says which certificate ${where} must show; give the CA that signed it or its SHA-256 fingerprint.`,
    );
  }
  try {
    return tls.connect({
      host: remote.host,
      port: remote.port,
      ca: security.ca,
      cert: security.cert,
      key: security.key,
      // A pinned certificate needs no chain; pin() compares it before a byte is sent.
      rejectUnauthorized: security.ca !== undefined,
      ...(security.serverName === undefined
        ? { checkServerIdentity: () => undefined }
        : { servername: security.serverName }),
    });
  } catch (cause) {
    throw new FabricError('ovsdb_tls_config', `The TLS settings for ${where} cannot be used: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function pin(socket: tls.TLSSocket, fingerprint: string, where: string): void {
  const plain = (text: string) => text.replaceAll(':', '').toLowerCase();
  const shown = socket.getPeerX509Certificate()?.fingerprint256 ?? '';
  if (plain(shown) === plain(fingerprint)) return;
  throw new FabricError(
    'ovsdb_tls_untrusted',
    `${where} shows a certificate with the SHA-256 fingerprint ${shown || '(none)'}, not the one pinned; if it was renewed, pin the new one.`,
    { context: { where, shown } },
  );
}

/** OpenSSL's verification results and Node's name check; anything else is a matter of reaching the server. */
const UNTRUSTED =
  /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

function failure(where: string, cause: unknown): FabricError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (UNTRUSTED.test(code)) {
    return new FabricError(
      'ovsdb_tls_untrusted',
      `The certificate of ${where} is not trusted: ${messageOf(cause)}. Give the CA that signed it, or pin its fingerprint.`,
      { context: { where, code }, cause },
    );
  }
  return new FabricError(
    'ovsdb_unreachable',
    `No OVSDB connection to ${where}: ${messageOf(cause)}. Check the address and that ovsdb-server listens there.`,
    { retryable: true, context: { where, code }, cause },
  );
}
