import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FabricError, messageOf } from '../../topology/error/fabric-error.ts';
import { normaliseFingerprint, type Trust } from '../http-client/trust.ts';

const hostPattern = /^(?!-)[A-Za-z0-9._:-]{1,253}$/;

/** Ironic's clients send numbers and booleans of driver_info as text as often as not. */
const port = z.coerce.number().int().min(1).max(65535);

const ipmiSchema = z.object({
  ipmi_address: z.string().regex(hostPattern, 'must be a host name or an IP address'),
  ipmi_username: z.string().max(16, 'is longer than the 16 bytes IPMI allows').default(''),
  // IPMI 2.0 table 22-30: 20 bytes; ipmitool refuses more.
  ipmi_password: z.string().max(20, 'is longer than the 20 bytes IPMI 2.0 allows').default(''),
  ipmi_port: port.default(623),
  ipmi_cipher_suite: z.coerce.number().int().min(0).max(17).optional(),
  ipmi_priv_level: z.enum(['ADMINISTRATOR', 'OPERATOR', 'USER', 'CALLBACK']).default('ADMINISTRATOR'),
});

const redfishSchema = z.object({
  redfish_address: z.string().min(1).max(500),
  redfish_username: z.string().max(256).optional(),
  redfish_password: z.string().max(256).optional(),
  redfish_system_id: z.string().min(1).max(500).optional(),
  redfish_verify_ca: z.union([z.boolean(), z.string().max(100_000)]).default(true),
  redfish_auth_type: z.enum(['auto', 'basic', 'session']).default('auto'),
});

export interface IpmiTarget {
  host: string;
  port: number;
  username: string;
  password: string;
  /** Null: 17 and 3 are tried. */
  cipherSuite: number | null;
  privilege: string;
}

export interface RedfishTarget {
  base: URL;
  username: string | null;
  password: string;
  systemId: string | null;
  trust: Trust;
  authType: 'auto' | 'basic' | 'session';
}

/** Keys of Ironic's ipmi hardware type that change how the BMC is reached and that we would otherwise ignore in silence. */
const ipmiUnsupported = ['ipmi_hex_kg_key', 'ipmi_target_address', 'ipmi_transit_address'];

/** Checks Ironic's ipmi_* keys. Throws `bmc_driver_info_invalid` naming the key. */
export function parseIpmiDriverInfo(info: Record<string, unknown>): IpmiTarget {
  const bridged = String(info.ipmi_bridging ?? 'no') !== 'no' ? ['ipmi_bridging'] : [];
  const unsupported = [...bridged, ...ipmiUnsupported.filter((key) => info[key] !== undefined && info[key] !== null)];
  if (unsupported.length > 0) {
    throw new FabricError(
      'bmc_driver_info_invalid',
      `driver_info key ${unsupported.join(', ')} is not supported. Reach the BMC directly, without it.`,
      {
        context: { keys: unsupported },
      },
    );
  }
  const parsed = check(ipmiSchema, info);
  return {
    host: parsed.ipmi_address,
    port: parsed.ipmi_port,
    username: parsed.ipmi_username,
    password: parsed.ipmi_password,
    cipherSuite: parsed.ipmi_cipher_suite ?? null,
    privilege: parsed.ipmi_priv_level,
  };
}

/** Checks Ironic's redfish_* keys. Throws `bmc_driver_info_invalid` naming the key. */
export function parseRedfishDriverInfo(info: Record<string, unknown>): RedfishTarget {
  const parsed = check(redfishSchema, info);
  return {
    base: redfishBase(parsed.redfish_address),
    username: parsed.redfish_username ?? null,
    password: parsed.redfish_password ?? '',
    systemId: parsed.redfish_system_id ?? null,
    trust: trustOf(parsed.redfish_verify_ca),
    authType: parsed.redfish_auth_type,
  };
}

function redfishBase(address: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) {
    throw invalidKey('redfish_address', 'must be a host or an http(s) URL without credentials, e.g. https://192.0.2.7');
  }
  return new URL('/', url);
}

/** true | false | "true" | "false" | SHA-256 fingerprint | PEM text | path of a PEM file. */
function trustOf(value: boolean | string): Trust {
  if (value === true || value === 'true' || value === 'True') return { kind: 'system' };
  if (value === false || value === 'false' || value === 'False') return { kind: 'unverified' };
  if (value.includes('-----BEGIN CERTIFICATE-----')) return { kind: 'ca', pem: value };
  if (/^[0-9a-f]{64}$/.test(normaliseFingerprint(value)))
    return { kind: 'pinned', sha256: normaliseFingerprint(value) };
  let pem: string;
  try {
    pem = readFileSync(value, 'utf8');
  } catch (cause) {
    throw invalidKey(
      'redfish_verify_ca',
      `is neither true, false, a SHA-256 fingerprint, a PEM text nor a readable file (${messageOf(cause)})`,
    );
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw invalidKey('redfish_verify_ca', `names ${value}, which holds no PEM certificate`);
  return { kind: 'ca', pem };
}

function check<T>(schema: z.ZodType<T>, info: Record<string, unknown>): T {
  const result = schema.safeParse(info);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = issue.path.join('.');
  throw info[key] === undefined ? invalidKey(key, 'is missing') : invalidKey(key, issue.message);
}

function invalidKey(key: string, problem: string): FabricError {
  return new FabricError(
    'bmc_driver_info_invalid',
    `driver_info/${key} ${problem}. Set it with a PATCH of the node's driver_info.`,
    {
      context: { key },
    },
  );
}
