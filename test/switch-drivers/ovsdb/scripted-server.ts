import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { type Json, type JsonObject, JsonStream } from '../../../switch-drivers/transports/ovsdb/index.ts';

export interface ScriptedServer extends AsyncDisposable {
  remote: string;
  /** Messages received, in order. */
  received: JsonObject[];
  /** Sends raw text to every client. */
  send(text: string): void;
}

/**
 * A server on a real socket that says exactly what a test wants: `answer` gives the reply (without id) to a request, or
 * null for silence. `echo` is answered unless `answer` takes care of it.
 */
export async function scriptedServer(
  answer: (method: string, params: readonly Json[]) => JsonObject | null | undefined,
): Promise<ScriptedServer> {
  const received: JsonObject[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const stream = new JsonStream();
    socket.on('error', () => {});
    socket.on('data', (chunk) =>
      stream.push(chunk, (message) => {
        received.push(message);
        const { method, id, params } = message;
        if (typeof method !== 'string' || id === null || id === undefined) return;
        const scripted = answer(method, (params ?? []) as readonly Json[]);
        const reply = scripted === undefined && method === 'echo' ? { result: [], error: null } : scripted;
        if (reply) socket.write(JSON.stringify({ ...reply, id }));
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    remote: `tcp:127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    send: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
