import type { ServerChannel } from 'ssh2';
import type { SimulatedDevice } from '../device.ts';
import { underFaults } from '../line-faults.ts';
import type { ServeOptions, SimulatedPlatform } from '../platform.ts';
import { listenSsh, type SshListener } from './listen.ts';

/** How a command ended. */
export interface CommandResult {
  /** Exit status. */
  status: number;
  output?: string;
  /** What goes to the standard error output. */
  complaint?: string;
}

/** A Linux host on top of the vendor-neutral model. */
export interface HostPersonality extends Omit<SimulatedPlatform, 'serve' | 'operations'> {
  /** Runs one command; `root`: with the rights of root. */
  run(device: SimulatedDevice, words: readonly string[], root: boolean): CommandResult | Promise<CommandResult>;
}

/** The host behind a real SSH server that takes single commands (RFC 4254 section 6.5). */
export function overExec(personality: HostPersonality): SimulatedPlatform {
  const { run: _, ...platform } = personality;
  return { ...platform, serve: (device, options) => startExecServer(personality, device, options) };
}

async function startExecServer(
  personality: HostPersonality,
  device: SimulatedDevice,
  options: ServeOptions,
): Promise<SshListener> {
  const listener = await listenSsh({
    ...options,
    onSession(session, { user, socket }) {
      session.on('exec', (accept, _reject, { command }) => {
        void answer(personality, device, { user, command }, accept(), () => socket.destroy());
      });
    },
  });
  device.onReboot(listener.cutAll);
  return listener;
}

async function answer(
  personality: HostPersonality,
  device: SimulatedDevice,
  { user, command }: { user: string; command: string },
  channel: ServerChannel,
  cut: () => void,
): Promise<void> {
  const sudo = /^sudo -n /.exec(command);
  const line = command.slice(sudo?.[0].length ?? 0);
  device.transcript.push(line);
  const words = shellWords(line);
  const root = sudo !== null || user === 'root';
  const fate = await underFaults(device, line, () =>
    words === null
      ? { status: 2, complaint: 'bash: -c: syntax error near unexpected token\n' }
      : personality.run(device, words, root),
  );
  if (channel.destroyed) return;
  if (fate.kind === 'cut') {
    cut();
    return;
  }
  const result: CommandResult =
    fate.kind === 'done'
      ? fate.result
      : fate.kind === 'refused'
        ? { status: 2, complaint: `${fate.text}\n` }
        : { status: 0 };
  if (result.output) channel.write(result.output);
  if (result.complaint) channel.stderr.write(result.complaint);
  channel.exit(result.status);
  channel.end();
}

/** Words of a plain command; null for whatever would make a shell do more than run it. */
function shellWords(line: string): string[] | null {
  if (/[;&|<>$`\\(){}*?[\]!#~\n'"]/.test(line)) return null;
  return line.split(/\s+/).filter(Boolean);
}
