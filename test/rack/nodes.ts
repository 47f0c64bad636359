import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoApi } from '../../src/cli/demo/api.ts';
import type { TENANTS } from '../../src/cli/demo/setup.ts';

export interface NodeView {
  provision_state: string;
  target_provision_state: string | null;
  power_state: string | null;
  target_power_state: string | null;
  last_error: string | null;
  maintenance: boolean;
  clean_step: { step?: string };
  deploy_step: { step?: string };
  [field: string]: unknown;
}

/** Generous: these tests judge where a node ends, not how fast. */
const LIMIT_MS = 150_000;
const POLL_MS = 100;

/** What a user of the API does with nodes. */
export class Nodes {
  readonly #api: DemoApi;
  readonly #image: { source: string; sha256: string };

  constructor(api: DemoApi, image: { source: string; sha256: string }) {
    this.#api = api;
    this.#image = image;
  }

  async get(name: string): Promise<NodeView> {
    return (await this.#api.get(`/v1/nodes/${name}`)) as NodeView;
  }

  async ask(name: string, target: string, extra: object = {}): Promise<void> {
    await this.#api.put(`/v1/nodes/${name}/states/provision`, { target, ...extra });
  }

  async patch(name: string, fields: Record<string, unknown>): Promise<void> {
    const operations = Object.entries(fields).map(([field, value]) => ({ op: 'add', path: `/${field}`, value }));
    await this.#api.patch(`/v1/nodes/${name}`, operations);
  }

  /** The node as soon as it `is`; an error tells where it stood instead. */
  async when(name: string, is: (node: NodeView) => boolean, what: string, limitMs = LIMIT_MS): Promise<NodeView> {
    let seen: NodeView | null = null;
    for (const end = Date.now() + limitMs; Date.now() < end; await sleep(POLL_MS)) {
      seen = await this.get(name);
      if (is(seen)) return seen;
    }
    const { provision_state: state, last_error: error } = seen ?? {};
    throw new Error(`${name}: not ${what} within ${limitMs / 1000} s; it is '${state}' (${error ?? 'no error'})`);
  }

  /** Waits for a state in which nothing is done any more, and demands that it be `state`. */
  async ends(name: string, state: string, limitMs = LIMIT_MS): Promise<NodeView> {
    const node = await this.when(
      name,
      ({ provision_state: now }) => now === state || /^(manageable|available|active|enroll)$|failed|error/.test(now),
      state,
      limitMs,
    );
    if (node.provision_state === state) return node;
    throw new Error(`${name} is '${node.provision_state}' instead of '${state}': ${node.last_error}`);
  }

  async manage(name: string): Promise<void> {
    await this.ask(name, 'manage');
    await this.when(name, ({ provision_state: state }) => state === 'manageable', 'manageable');
  }

  async inspect(name: string): Promise<void> {
    await this.ask(name, 'inspect');
    await this.ends(name, 'manageable');
  }

  /** To available without cleaning, as an operator may for a node that no tenant has had. */
  async provideUncleaned(name: string): Promise<void> {
    await this.patch(name, { automated_clean: false });
    await this.ask(name, 'provide');
    await this.ends(name, 'available');
    await this.patch(name, { automated_clean: true });
  }

  /** All a deployment needs, but for the verb. */
  async prepare(name: string, tenant: (typeof TENANTS)[number], image = this.#image): Promise<void> {
    await this.patch(name, {
      lessee: tenant.project,
      'instance_info/image_source': image.source,
      'instance_info/image_os_hash_algo': 'sha256',
      'instance_info/image_os_hash_value': image.sha256,
      'instance_info/image_disk_format': 'raw',
    });
    await this.#api.post(`/v1/nodes/${name}/vifs`, { id: tenant.network });
  }

  async deploy(name: string): Promise<void> {
    await this.ask(name, 'active', { configdrive: { meta_data: { hostname: `host-${name}` } } });
  }

  async power(name: string, target: string): Promise<void> {
    await this.#api.put(`/v1/nodes/${name}/states/power`, { target });
  }
}
