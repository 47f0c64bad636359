import { X509Certificate } from 'node:crypto';
import { FabricError } from '../../topology/error/fabric-error.ts';

/** How the far end of a TLS connection proves itself. */
export type Trust =
  | { kind: 'system' }
  /** Encryption without proof; for BMCs whose certificate nobody controls. */
  | { kind: 'unverified' }
  /** Must chain to one of these certificates, and the name must match. */
  | { kind: 'ca'; pem: string }
  /** The very certificate, by SHA-256 of its DER; name, dates and issuer do not matter. */
  | { kind: 'pinned'; sha256: string };

/** Lower-case hex without colons. */
export function normaliseFingerprint(text: string): string {
  return text
    .replace(/^sha256[:=]/i, '')
    .replaceAll(':', '')
    .toLowerCase();
}

/** Pins the first certificate of a PEM text. Throws `certificate_invalid`. */
export function pinnedTo(pem: string): Trust {
  try {
    return { kind: 'pinned', sha256: normaliseFingerprint(new X509Certificate(pem).fingerprint256) };
  } catch (cause) {
    throw new FabricError(
      'certificate_invalid',
      'The certificate is not a readable PEM text. Give it whole, from BEGIN to END CERTIFICATE.',
      {
        cause,
      },
    );
  }
}
