import type { SimulatedDevice } from '../device.ts';
import type { CliPersonality, Terminal } from '../personality.ts';
import { listenSsh, type SshListener } from './listen.ts';
import { runShell } from './shell.ts';

export interface SshServerOptions {
  device: SimulatedDevice;
  personality: CliPersonality;
  connect(user: string): Terminal;
  host: string;
  port: number;
  username: string;
  password: string;
}

/** A real SSH server in front of a simulated command line. */
export async function startSshServer(options: SshServerOptions): Promise<SshListener> {
  const { device, personality, connect, ...where } = options;
  let shells = 0;
  const listener = await listenSsh({
    ...where,
    admit: () => shells < device.knobs.sessionLimit,
    onSession(session, { user, socket }) {
      shells += 1;
      socket.once('close', () => {
        shells -= 1;
      });
      session.on('pty', (accept) => accept?.());
      session.on('window-change', (accept) => accept?.());
      session.on('shell', (accept) => {
        const { pagerPrompt } = personality;
        runShell({ device, terminal: connect(user), channel: accept(), pagerPrompt, cut: () => socket.destroy() });
      });
    },
  });
  device.onReboot(listener.cutAll);
  return listener;
}
