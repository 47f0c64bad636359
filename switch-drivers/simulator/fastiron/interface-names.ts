const ETHERNET = 'ethernet';

/** `ethernet 1/1/1`, `eth 1/1/1`, `e 1/1/1` to `ethernet1/1/1`. */
export function canonicalName(text: string): string | null {
  const [, word = '', number] = /^([a-z]+) ?(\d{1,2}\/\d{1,2}\/\d{1,3})$/i.exec(text.trim()) ?? [];
  return number !== undefined && ETHERNET.startsWith(word.toLowerCase()) ? `${ETHERNET}${number}` : null;
}

/** As tables print it: `1/1/1`. */
export function shortName(name: string): string {
  return name.slice(ETHERNET.length);
}

/** `ethernet 1/1/1 to 1/1/3 ethe 1/1/5`; null when it is no such list. */
export function portList(text: string): string[] | null {
  const ports: string[] = [];
  const words = text.trim().split(/\s+/);
  let kind = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (word === 'to') {
      const range = portRange(ports.at(-1), canonicalName(`${kind} ${words[at + 1] ?? ''}`));
      if (range === null) return null;
      ports.push(...range);
      at += 1;
    } else if (/^[a-z]+$/i.test(word)) kind = word;
    else {
      const name = canonicalName(`${kind} ${word}`);
      if (name === null) return null;
      ports.push(name);
    }
  }
  return ports.length > 0 ? ports : null;
}

/** The ports behind `first` up to `last`, within a module. */
function portRange(first: string | undefined, last: string | null): string[] | null {
  const [, stem, low] = /^(.*\/)(\d+)$/.exec(first ?? '') ?? [];
  const [, other, high] = /^(.*\/)(\d+)$/.exec(last ?? '') ?? [];
  if (stem === undefined || stem !== other || Number(high) <= Number(low)) return null;
  return Array.from({ length: Number(high) - Number(low) }, (_, index) => `${stem}${Number(low) + index + 1}`);
}

/** As the configuration prints a list: `ethe 1/1/1 to 1/1/3 ethe 1/1/5`. */
export function listText(names: readonly string[]): string {
  const runs: Array<[string, string]> = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last && name === last[1].replace(/\d+$/, (number) => `${Number(number) + 1}`)) last[1] = name;
    else runs.push([name, name]);
  }
  return runs
    .map(([first, last]) => `ethe ${shortName(first)}${first === last ? '' : ` to ${shortName(last)}`}`)
    .join(' ');
}
