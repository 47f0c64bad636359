import { styleText } from 'node:util';

export type Style = 'good' | 'bad' | 'busy' | 'faint' | 'strong';

const FORMATS = { good: 'green', bad: 'red', busy: 'yellow', faint: 'dim', strong: 'bold' } as const;

/** Colours only where a person looks: a terminal, and NO_COLOR (no-color.org) unset or empty. */
export function wantsColor(stream: NodeJS.WriteStream = process.stdout, env = process.env): boolean {
  if (env.NO_COLOR) return false;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

export function styled(style: Style | null, text: string, color: boolean): string {
  return color && style !== null ? styleText(FORMATS[style], text, { validateStream: false }) : text;
}
