import { generate } from 'selfsigned';

export interface ServerCertificate {
  key: string;
  cert: string;
}

/**
 * A self-signed P-384 certificate for one IP address. The conductor pins it, so it has no use for dates; and a server's
 * clock may be years off, so it is valid from 2000 to "no well-defined expiration date" (RFC 5280 section 4.1.2.5).
 */
export async function selfSignedCertificate(address: string): Promise<ServerCertificate> {
  const made = await generate([{ name: 'commonName', value: address }], {
    keyType: 'ec',
    curve: 'P-384',
    algorithm: 'sha384',
    notBeforeDate: new Date('2000-01-01T00:00:00Z'),
    notAfterDate: new Date('9999-12-31T23:59:59Z'),
    extensions: [
      // A conductor that hands the PEM to OpenSSL as its CA file needs cA: true.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] },
    ],
  });
  return { key: made.private, cert: made.cert };
}
