import { widthOf } from './text.ts';

const EVERY_MS = 100;

/** One line on standard error that is written over, on a terminal only. `end` takes it away. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): { show(text: string): void; end(): void } {
  let shown = 0;
  let last = 0;
  const write = (text: string) => {
    stream.write(`\r${text}${' '.repeat(Math.max(0, shown - widthOf(text)))}`);
    shown = widthOf(text);
  };
  return {
    show(text) {
      const now = Date.now();
      if (!stream.isTTY || now - last < EVERY_MS) return;
      last = now;
      write(text.slice(0, (stream.columns ?? 80) - 1));
    },
    end() {
      if (shown === 0) return;
      write('');
      stream.write('\r');
    },
  };
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1.5 GB`, in powers of ten. */
export function bytesText(bytes: number): string {
  let unit = 0;
  let number = bytes;
  for (; number >= 1000 && unit < UNITS.length - 1; unit++) number /= 1000;
  return `${unit === 0 || number >= 100 ? Math.round(number) : number.toFixed(1)} ${UNITS[unit]}`;
}
