import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { isPasswordHash } from '../auth/password.ts';

const ROLES = ['inspection', 'provisioning', 'cleaning', 'rescuing', 'servicing'] as const;

const ipv4 = z.string().refine(isIPv4, { error: 'is not an IPv4 address' });
/** 0: any free port, for tests. */
const port = z.int().min(0).max(65_535);
const seconds = (fallback: number) => z.number().positive().max(86_400).default(fallback);
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http or https URL' })
  .transform((url) => url.replace(/\/+$/, ''));

const user = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .refine((name) => !name.includes(':'), { error: 'must not hold a colon (RFC 7617)' }),
    passwordHash: z.string().refine(isPasswordHash, { error: 'is not a scrypt hash' }).optional(),
    /** File whose first line is the scrypt hash. */
    passwordHashFile: z.string().min(1).optional(),
  })
  .refine(({ passwordHash, passwordHashFile }) => (passwordHash === undefined) !== (passwordHashFile === undefined), {
    error: 'needs exactly one of passwordHash and passwordHashFile',
  });

const cidr = z.string().refine((text) => /^[\d.]+\/([0-9]|[12]\d|3[0-2])$/.test(text) && isIPv4(text.split('/')[0]!), {
  error: 'is not an IPv4 subnet such as 10.77.0.0/24',
});

const scope = z.strictObject({
  name: z.string().min(1),
  role: z.enum(ROLES),
  subnet: cidr,
  range: z.strictObject({ first: ipv4, last: ipv4 }),
  /** The address clients reach this controller at. */
  serverAddress: ipv4,
  /** Where clients reach the HTTP boot server; default: http://serverAddress:port of provisioner.http. */
  httpBase: httpUrl.optional(),
  router: ipv4.optional(),
  dnsServers: z.array(ipv4).optional(),
  leaseSeconds: z.int().min(60).max(86_400).default(600),
  /** Answer MACs that nobody enrolled; default: on inspection only. */
  open: z.boolean().optional(),
  interface: z.string().min(1).max(15).optional(),
  relays: z.array(ipv4).optional(),
});

/** The whole configuration. Every field has a default, so that `{}` is a controller on loopback. */
export const configSchema = z.strictObject({
  /** Database, image cache, keys. */
  dataDir: z.string().min(1).default('./switchyard-data'),
  /** Unique among the controllers of one database; default: the host name. */
  conductorName: z.string().min(1).max(255).optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  database: z
    .strictObject({
      /** Your own PostgreSQL; default: an embedded one in dataDir. */
      url: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgresql:// URL' }).optional(),
      poolSize: z.int().min(2).max(200).default(15),
    })
    .prefault({}),
  /** Drivers of your own: files (`./x.ts`, `/opt/x.js`) or npm packages installed beside the configuration. */
  drivers: z.array(z.string().min(1).max(1024)).max(100).default([]),
  secrets: z
    .strictObject({
      /** Keys that seal the secrets in the database; default: secrets.key below dataDir. */
      keyFile: z.string().min(1).optional(),
      /** The keys themselves in base64, the current one first, with blanks between: SWITCHYARD_SECRETS_KEY. */
      key: z.string().min(1).optional(),
    })
    .refine(({ keyFile, key }) => keyFile === undefined || key === undefined, {
      error: 'needs at most one of keyFile and key',
    })
    .prefault({}),
  api: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: port.default(6385),
      publicUrl: httpUrl.optional(),
      auth: z
        .strictObject({
          basic: z
            .strictObject({
              users: z
                .array(user)
                .min(1)
                .refine((users) => new Set(users.map(({ name }) => name)).size === users.length, {
                  error: 'has a name twice',
                }),
            })
            .optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  provisioner: z
    .strictObject({
      dhcp: z
        .strictObject({
          enabled: z.boolean().default(false),
          /** interfaces: broadcasts on the scopes' interfaces. relay: one socket, for DHCP relays. */
          mode: z.enum(['interfaces', 'relay']).default('interfaces'),
          address: ipv4.default('0.0.0.0'),
          port: port.default(67),
          scopes: z.array(scope).default([]),
        })
        .prefault({}),
      tftp: z
        .strictObject({ enabled: z.boolean().default(false), address: ipv4.default('0.0.0.0'), port: port.default(69) })
        .prefault({}),
      http: z.strictObject({ address: ipv4.default('127.0.0.1'), port: port.default(8080) }).prefault({}),
      ramdisk: z
        .strictObject({
          kernel: z.string().min(1).optional(),
          initramfs: z.string().min(1).optional(),
          kernelParams: z.string().max(2048).default(''),
        })
        .prefault({}),
      imageCache: z
        .strictObject({
          /** Default: images below dataDir. */
          dir: z.string().min(1).optional(),
          maxBytes: z
            .int()
            .positive()
            .default(50 * 1024 ** 3),
        })
        .prefault({}),
      /** Directories that file:// images may come from, besides the image library below dataDir. */
      imageDirectories: z.array(z.string().min(1)).default([]),
      /** Refuse deploy agents that offer plain http. */
      requireAgentTls: z.boolean().default(true),
    })
    .prefault({}),
  lifecycle: z
    .strictObject({
      inspectWaitSeconds: seconds(1800),
      cleanWaitSeconds: seconds(1800),
      deployWaitSeconds: seconds(1800),
      powerChangeSeconds: seconds(60),
      networkSeconds: seconds(120),
      agentCommandSeconds: seconds(3600),
      /** How long an agent whose command runs may be out of reach before the node fails. */
      agentSilenceSeconds: seconds(300),
      powerSyncSeconds: seconds(60),
      /** What an automated cleaning erases; a node's properties/clean_mode says otherwise for that node. */
      erase: z.enum(['whole-disk', 'metadata']).default('whole-disk'),
      /** Nodes worked on at once. */
      concurrency: z.int().min(1).max(200).default(20),
    })
    .prefault({}),
  fabric: z
    .strictObject({
      /** Quiet time after a change before the running config is saved. */
      persistQuietSeconds: seconds(10),
      /** Every switch is read, and put right, this often even if nothing was asked. */
      auditSeconds: seconds(300),
      connectTimeoutSeconds: seconds(15),
      commandTimeoutSeconds: seconds(60),
      sessionIdleSeconds: seconds(60),
      /** How long a switch that does not answer is tried before its operations fail. */
      retrySeconds: seconds(60),
    })
    .prefault({}),
});

export type ConfigFile = z.input<typeof configSchema>;
export type ParsedConfig = z.output<typeof configSchema>;
