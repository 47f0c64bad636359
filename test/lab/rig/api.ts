import { request } from 'node:http';

/** HTTP to the controller through a unix socket: its API listens on the loopback of another network namespace. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

export function apiClient(socketPath: string): ApiClient {
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        host: 'localhost',
        accept: 'application/json',
        'x-openstack-ironic-api-version': 'latest',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const outgoing = request({ socketPath, method, path, headers, agent: false }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          answer += chunk;
        });
        response.once('error', reject);
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 400) reject(new Error(`${method} ${path}: ${status} ${answer}`));
          else resolve((answer === '' ? null : JSON.parse(answer)) as T);
        });
      });
      outgoing.once('error', reject);
      outgoing.end(text);
    });
  return {
    get: (path) => call('GET', path),
    send: (method, path, body) => call(method, path, body),
  };
}
