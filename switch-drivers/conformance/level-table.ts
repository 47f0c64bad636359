import type { Driver } from '../contract/driver.ts';
import { levelOf } from '../levels.ts';

const BEGIN = '<!-- levels: generated, see CONTRIBUTING.md -->';
const END = '<!-- end of levels -->';

const HEADS = ['platform', 'level', 'modes', 'a change is', 'LAG', 'VXLAN', 'saves', 'what it is'];

/** The text with the table between its two marks made anew. */
export function withLevels(text: string, drivers: readonly Driver[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new RangeError(`there is no place between "${BEGIN}" and "${END}"`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table(drivers)}\n${text.slice(end)}`;
}

function table(drivers: readonly Driver[]): string {
  const rows = drivers.toSorted((a, b) => (a.platform < b.platform ? -1 : 1)).map(row);
  return [HEADS, HEADS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function row({ platform, title, capabilities }: Driver): string[] {
  const { modes, atomic, lag, vxlan, hasStartupConfig } = capabilities;
  const saves = hasStartupConfig ? 'yes' : 'no';
  return [`\`${platform}\``, levelOf(platform) ?? '-', modes.join(', '), atomic, lag, vxlan, saves, title];
}
