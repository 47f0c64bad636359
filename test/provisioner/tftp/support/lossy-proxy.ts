import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP path to a TFTP server that loses packets, each way, by a seeded chance: the same run every time. */
export async function lossyProxy(serverPort: number, loss: number, seed = 1) {
  let state = seed;
  let dropped = 0;
  const lost = () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const drop = state / 2 ** 32 < loss;
    if (drop) dropped++;
    return drop;
  };
  const front = createSocket('udp4').bind(0, '127.0.0.1');
  await once(front, 'listening');
  /** For each client a socket towards the server, and one towards the client as the transfer's port. */
  const sockets: Socket[] = [front];
  const flows = new Map<number, Socket>();
  front.on('message', (request, client) => {
    if (lost()) return;
    let upstream = flows.get(client.port);
    if (!upstream) {
      upstream = createSocket('udp4');
      flows.set(client.port, upstream);
      const downstream = createSocket('udp4');
      sockets.push(upstream, downstream);
      let transferPort = serverPort;
      const toServer = upstream;
      upstream.on('message', (bytes, from) => {
        transferPort = from.port;
        if (!lost()) downstream.send(bytes, client.port, '127.0.0.1');
      });
      downstream.on('message', (bytes) => {
        if (!lost()) toServer.send(bytes, transferPort, '127.0.0.1');
      });
    }
    upstream.send(request, serverPort, '127.0.0.1');
  });
  return {
    port: front.address().port,
    dropped: () => dropped,
    close: () => {
      for (const socket of sockets) socket.close();
    },
  };
}
