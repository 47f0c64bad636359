import { listenSsh, type SshListener } from '../ssh/listen.ts';
import { NetconfDevice, type NetconfDeviceOptions } from './device.ts';
import { runNetconfSession } from './session.ts';

export interface NetconfServerOptions extends NetconfDeviceOptions {
  host?: string;
  port?: number;
  username: string;
  password: string;
}

export interface RunningNetconfServer extends SshListener {
  device: NetconfDevice;
}

/** A real SSH server with the subsystem `netconf` (RFC 6242) in front of a NetconfDevice. */
export async function startNetconfServer(options: NetconfServerOptions): Promise<RunningNetconfServer> {
  const { host = '127.0.0.1', port = 0, username, password } = options;
  const device = new NetconfDevice(options);
  let lastSession = 0;
  let sessions = 0;
  const listener = await listenSsh({
    host,
    port,
    username,
    password,
    admit: () => sessions < device.simulated.knobs.sessionLimit,
    onSession(session, { socket }) {
      session.on('subsystem', (accept, reject, { name }) => {
        if (name !== 'netconf') {
          reject();
          return;
        }
        lastSession += 1;
        const channel = accept();
        sessions += 1;
        socket.once('close', () => {
          sessions -= 1;
        });
        // The channel itself is told of an orderly end only.
        socket.once('close', () => channel.emit('close'));
        runNetconfSession({ device, id: String(lastSession), channel, cut: () => socket.destroy() });
      });
    },
  });
  device.simulated.onReboot(listener.cutAll);
  return {
    ...listener,
    device,
    stop: async () => {
      listener.cutAll();
      // Its timer would outlive the server.
      device.confirmed.confirm();
      await listener.stop();
    },
  };
}
