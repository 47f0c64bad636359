import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api.ts';

export interface NodeView {
  uuid: string;
  name: string | null;
  provision_state: string;
  power_state: string | null;
  last_error: string | null;
  deploy_step: Record<string, unknown>;
  properties: Record<string, unknown>;
}

export interface PortView {
  uuid: string;
  address: string;
  pxe_enabled: boolean;
  local_link_connection: Record<string, string>;
}

export interface OperationView {
  id: string;
  kind: string;
  state: string;
  reason: string;
  created_at: string;
  legs: Array<{
    port_id: string;
    state: string;
    from: { untagged: number | null } | null;
    to: { untagged: number | null };
    read_back_at: string | null;
  }>;
}

/** Where a flow that failed leaves a node. */
const FAILED = ['enroll', 'inspect failed', 'clean failed', 'deploy failed', 'error'];

/** What an operator does to one node, through the API. */
export class NodeOperator {
  readonly api: ApiClient;
  readonly name: string;
  readonly #lastWords: () => Promise<string>;
  readonly #started = Date.now();
  #seen = '';

  constructor(api: ApiClient, name: string, lastWords: () => Promise<string>) {
    this.api = api;
    this.name = name;
    this.#lastWords = lastWords;
  }

  async show(): Promise<NodeView> {
    const node = await this.api.get<NodeView>(`/v1/nodes/${this.name}`);
    const state = `${node.provision_state}${node.last_error ? ` (${node.last_error})` : ''}`;
    if (state !== this.#seen) {
      console.log(`${this.name} ${((Date.now() - this.#started) / 1000).toFixed(1).padStart(6)} s  ${state}`);
      this.#seen = state;
    }
    return node;
  }

  async ports(): Promise<PortView[]> {
    return (await this.api.get<{ ports: PortView[] }>(`/v1/ports/detail?node=${this.name}`)).ports;
  }

  async provision(target: string, more: Record<string, unknown> = {}): Promise<void> {
    await this.api.send('PUT', `/v1/nodes/${this.name}/states/provision`, { target, ...more });
  }

  async set(path: string, value: unknown): Promise<void> {
    await this.api.send('PATCH', `/v1/nodes/${this.name}`, [{ op: 'add', path, value }]);
  }

  /** Waits until the node rests in one of `states`; nothing within the time is an error with everybody's last words. */
  async untilEither(states: readonly string[], timeoutMs = 1_500_000): Promise<NodeView> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const node = await this.show();
      if (states.includes(node.provision_state)) return node;
      if (Date.now() > deadline) throw await this.#unexpected(node, states);
      await sleep(250);
    }
  }

  /** As untilEither, and one of the states where work that failed ends is an error. */
  async until(state: string): Promise<NodeView> {
    const node = await this.untilEither([state, ...FAILED.filter((failed) => failed !== state)]);
    if (node.provision_state !== state) throw await this.#unexpected(node, [state]);
    return node;
  }

  async #unexpected(node: NodeView, states: readonly string[]): Promise<Error> {
    const { provision_state: state, last_error: error } = node;
    return new Error(
      `${this.name} is ${state} instead of ${states.join(' or ')}: ${error}\n${await this.#lastWords()}`,
    );
  }

  /** Asks for a provision state and waits for what it leads to. */
  async bring(target: string, state: string, more: Record<string, unknown> = {}): Promise<NodeView> {
    await this.provision(target, more);
    return this.until(state);
  }
}
