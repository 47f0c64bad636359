import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { DgramModule } from 'net-snmp';

export interface SnmpSocket {
  transport: 'udp4' | 'udp6';
  address: string;
  module: DgramModule;
  close(): void;
}

/**
 * A UDP socket that hears nobody but the agent, in the shape that net-snmp asks for. Being connected it also tells when the
 * host says that nobody listens there. `onBroken` hears of that, and of messages on which net-snmp throws.
 */
export async function connectSocket(
  host: string,
  port: number,
  onBroken: (error: unknown) => void,
): Promise<SnmpSocket> {
  const { address, family } = await lookup(host);
  const transport = family === 6 ? 'udp6' : 'udp4';
  const socket = createSocket(transport);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  socket.on('error', onBroken);
  return { transport, address, module: { createSocket: () => facade(socket, onBroken) }, close: () => socket.close() };
}

type Facade = ReturnType<DgramModule['createSocket']>;

function facade(socket: Socket, onBroken: (error: unknown) => void): Facade {
  const shown = {
    on(event: string, listener: (...values: unknown[]) => void) {
      if (event === 'message') socket.on('message', (octets) => guarded(() => listener(octets), onBroken));
      else if (event !== 'error') socket.on(event, listener);
      return shown;
    },
    /** A connected socket takes no address; net-snmp names the one that it is connected to. */
    send: (octets: Buffer, offset: number, length: number, ...rest: unknown[]) =>
      socket.send(octets, offset, length, rest.at(-1) as () => void),
    bind: () => socket,
    close: () => socket.close(),
    address: () => socket.address(),
    ref: () => socket.ref(),
    unref: () => socket.unref(),
  };
  return shown as unknown as Facade;
}

/** An answer that net-snmp does not expect must not end the process. */
function guarded(run: () => void, onBroken: (error: unknown) => void): void {
  try {
    run();
  } catch (error) {
    onBroken(error);
  }
}
