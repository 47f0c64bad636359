import { z } from 'zod';

const mac = z
  .string()
  .transform((text) => text.trim().toLowerCase().replaceAll('-', ':'))
  .pipe(z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'is not a MAC address'));

/** Query of `GET /v1/lookup`. InfiniBand addresses and other oddities in `addresses` are dropped, as the field's own API does. */
export const lookupQuerySchema = z
  .object({
    addresses: z
      .string()
      .max(4096)
      .default('')
      .transform((list) =>
        list
          .split(',')
          .slice(0, 128)
          .flatMap((item) => {
            const parsed = mac.safeParse(item);
            return parsed.success ? [parsed.data] : [];
          }),
      ),
    node_uuid: z.uuid().optional(),
  })
  .refine((query) => query.addresses.length > 0 || query.node_uuid !== undefined, {
    message: 'Give the MAC addresses of the machine in "addresses", or its "node_uuid".',
  });
export type LookupQuery = z.infer<typeof lookupQuerySchema>;

/** What an agent that already has its token is shown instead of it; an agent without one locks itself down at the sight. */
export const maskedToken = '******';

/** Handed out once a boot: a second asker gets the mask, so that nobody on the network can take over a node's agent. */
export function decideLookupToken(issued: boolean, fresh: string): { token: string; store: boolean } {
  return issued ? { token: maskedToken, store: false } : { token: fresh, store: true };
}

/** States in which an agent may look its node up (the contract's section 1); otherwise the answer is 404. */
export const lookupStates: ReadonlySet<string> = new Set([
  'deploying',
  'wait call-back',
  'cleaning',
  'clean wait',
  'inspecting',
  'inspect wait',
  'rescuing',
  'rescue wait',
  'servicing',
  'service wait',
]);

export interface LookupConfig {
  heartbeat_timeout: number;
  agent_token: string;
  agent_token_required: true;
  agent_md5_checksum_enable: boolean;
  disable_deep_image_inspection: boolean;
  permitted_image_formats: string[];
  metrics: Record<string, unknown>;
  metrics_statsd: Record<string, unknown>;
}

/** `config` of the lookup answer. `heartbeatSeconds`: the agent heartbeats after 0.3 to 0.6 of it. */
export function lookupConfig(options: { token: string; heartbeatSeconds: number; allowMd5?: boolean }): LookupConfig {
  return {
    heartbeat_timeout: options.heartbeatSeconds,
    agent_token: options.token,
    agent_token_required: true,
    agent_md5_checksum_enable: options.allowMd5 ?? false,
    disable_deep_image_inspection: false,
    permitted_image_formats: ['raw', 'gpt', 'qcow2', 'iso'],
    metrics: {
      backend: 'noop',
      prepend_host: false,
      prepend_uuid: false,
      prepend_host_reverse: true,
      global_prefix: null,
    },
    metrics_statsd: { statsd_host: 'localhost', statsd_port: 8125 },
  };
}
