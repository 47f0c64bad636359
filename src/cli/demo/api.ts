import { FabricError } from '../../../topology/error/fabric-error.ts';

type Json = Record<string, unknown>;

/** The two HTTP APIs as the demo uses them: nothing that the reader could not do with curl. */
export class DemoApi {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  get = (path: string): Promise<Json> => this.#send('GET', path);
  post = (path: string, body: unknown): Promise<Json> => this.#send('POST', path, body);
  put = (path: string, body: unknown): Promise<Json> => this.#send('PUT', path, body);
  patch = (path: string, body: unknown): Promise<Json> => this.#send('PATCH', path, body);

  async #send(method: string, path: string, body?: unknown): Promise<Json> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-openstack-ironic-api-version': '1.110' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? {} : (JSON.parse(text) as Json);
    throw new FabricError('demo_request_failed', `${method} ${path}: HTTP ${response.status}: ${text.slice(0, 500)}`);
  }
}
