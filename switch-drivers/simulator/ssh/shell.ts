import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import type { SimulatedDevice } from '../device.ts';
import { underFaults } from '../line-faults.ts';
import type { Terminal } from '../personality.ts';
import { cutShort, noise } from './garble.ts';
import { LineEditor } from './line-editor.ts';

export interface ShellOptions {
  device: SimulatedDevice;
  terminal: Terminal;
  channel: ServerChannel;
  pagerPrompt: string;
  /** Cuts the TCP connection, as a crash or a broken line would. */
  cut(): void;
}

/** One interactive session: echo, lines one after the other, paging, latency and faults. */
export function runShell({ device, terminal, channel, pagerPrompt, cut }: ShellOptions): void {
  const editor = new LineEditor();
  const keys: string[] = [];
  let waiting: (() => void) | null = null;
  let closed = false;
  let unsent = '';

  /** Written text goes out in one packet when the shell has to wait: a packet for each echoed character is slow. */
  const write = (text: string): void => {
    unsent += text;
  };
  const flush = (): void => {
    if (unsent !== '' && !closed) channel.write(unsent);
    unsent = '';
  };

  channel.on('data', (data: Buffer) => {
    keys.push(...data.toString('utf8'));
    waiting?.();
  });
  channel.on('close', () => {
    closed = true;
    waiting?.();
    terminal.disconnect();
  });

  const key = async (): Promise<string | null> => {
    while (keys.length === 0 && !closed) {
      flush();
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
      waiting = null;
    }
    return closed ? null : (keys.shift() ?? null);
  };

  /** Shows text a page at a time: a space shows the next page, a line end one more line, q ends. */
  const page = async (text: string): Promise<void> => {
    const lines = text.split('\n');
    let room = terminal.pageLength();
    if (room <= 0 || lines.length <= room) {
      write(text.replaceAll('\n', '\r\n'));
      return;
    }
    while (lines.length > 0) {
      if (room === 0) {
        write(pagerPrompt);
        const pressed = await key();
        write(`\r${' '.repeat(pagerPrompt.length)}\r`);
        if (pressed === null || pressed === 'q') return;
        room = pressed === ' ' ? terminal.pageLength() : 1;
      }
      const line = lines.shift()!;
      write(lines.length === 0 ? line : `${line}\r\n`);
      room -= 1;
    }
  };

  /** False when the session is over. */
  const perform = async (line: string): Promise<boolean> => {
    const { faults } = device;
    if (!terminal.secret()) device.transcript.push(line);
    const fate = await underFaults(device, line, () => terminal.execute(line), flush);
    if (fate.kind === 'cut') {
      cut();
      return false;
    }
    if (fate.kind === 'ignored') return true;
    if (fate.kind === 'refused') {
      await page(`${fate.text}\n`);
      return true;
    }
    const { output, close } = fate.result;
    if (faults.garble?.line.test(line)) {
      const { ms, seed } = faults.garble;
      write(cutShort(output).replaceAll('\n', '\r\n'));
      flush();
      if (!closed) channel.write(noise(seed));
      await sleep(ms);
      write('\r\n');
      return close !== true;
    }
    if (output !== '' && !closed) await page(output.endsWith('\n') ? output : `${output}\n`);
    return close !== true;
  };

  const loop = async (): Promise<void> => {
    write(device.knobs.banner.replaceAll('\n', '\r\n'));
    write(terminal.prompt());
    for (let pressed = await key(); pressed !== null; pressed = await key()) {
      const { echo, line } = editor.feed(pressed);
      if (echo !== '' && (!terminal.secret() || line !== undefined)) write(echo);
      if (line === undefined) continue;
      if (!(await perform(line))) {
        flush();
        channel.end();
        return;
      }
      if (closed) return;
      write(terminal.prompt());
    }
  };
  void loop();
}
