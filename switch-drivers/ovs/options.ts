import { z } from 'zod';
import { isFabricError } from '../../topology/error/fabric-error.ts';
import { parseRemote } from '../transports/ovsdb/index.ts';

const tls = z
  .strictObject({
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe('PEM file of the CAs that may have signed the certificate of the switch'),
    fingerprint: z
      .string()
      .regex(/^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, 'a SHA-256 fingerprint has 32 bytes in hex')
      .optional()
      .describe('SHA-256 fingerprint of exactly that certificate'),
    serverName: z
      .string()
      .min(1)
      .optional()
      .describe('host name the certificate must carry; ovs-pki certificates carry none'),
    certFile: z.string().min(1).optional().describe('PEM file of the certificate to show to the switch'),
    keyFile: z.string().min(1).optional().describe('PEM file of its private key'),
  })
  .refine((value) => value.caFile !== undefined || value.fingerprint !== undefined, {
    message: 'give caFile or fingerprint: without one any server would be believed',
  })
  .refine((value) => (value.certFile === undefined) === (value.keyFile === undefined), {
    message: 'certFile and keyFile go together',
  });

export const ovsOptions = z
  .strictObject({
    remote: z
      .string()
      .superRefine((value, context) => {
        try {
          parseRemote(value);
        } catch (error) {
          if (!isFabricError(error)) throw error;
          context.addIssue({ code: 'custom', message: error.message });
        }
      })
      .describe('OVSDB server: tcp:HOST:PORT, ssl:HOST:PORT or unix:PATH'),
    bridge: z.string().min(1).max(255).describe('name of the bridge that is the switch'),
    tls: tls.optional(),
  })
  .refine((value) => value.remote.startsWith('ssl:') === (value.tls !== undefined), {
    message: 'tls belongs to an ssl: remote, and an ssl: remote needs it',
  });

export type OvsOptions = z.output<typeof ovsOptions>;
