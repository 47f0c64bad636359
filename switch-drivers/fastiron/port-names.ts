/**
 * Interfaces of FastIron. The canonical name has no blank, so that it may be a port id: `ethernet1/1/1`, `lag1`,
 * `ve10`. The command line takes `ethernet 1/1/1` and `lag 1`. Ruckus FastIron Command Reference, "interface
 * ethernet", "interface lag".
 */
const SHORT: Record<string, string> = {
  ethernet: '',
  lag: 'lg',
  management: 'mgmt',
  ve: 've',
  loopback: 'lb',
  tunnel: 'tn',
};

/** Port, slot/port or unit/slot/port; a breakout port adds `:lane`. */
const ETHERNET_NUMBER = /^\d{1,3}(?:\/\d{1,3}){0,2}(?::\d{1,2})?$/;
const PLAIN_NUMBER = /^\d{1,4}$/;

export function canonicalName(text: string): string | null {
  // `GigEthernetmgmt1` is how `show interfaces` heads the management port.
  const plain = text.trim().replace(/^GigEthernet(?=mgmt)/i, '');
  const match = /^(?:(?:\d{1,3}(?:\.\d)?)?([A-Za-z]{1,24}) {0,3})?([\d/:]{1,16})$/.exec(plain);
  if (!match) return null;
  const [, word = '', number = ''] = match;
  const kind = kindOf(word.toLowerCase());
  if (kind === null || (kind !== 'ethernet' && /^\d/.test(plain))) return null;
  return (kind === 'ethernet' ? ETHERNET_NUMBER : PLAIN_NUMBER).test(number) ? `${kind}${number}` : null;
}

/** `GigabitEthernet1/1/1`, `10GigabitEthernet1/3/1`: the names by speed, which LLDP and `show interfaces` use. */
const BY_SPEED = ['gigabitethernet', 'gigethernet', 'tengigabitethernet', 'fastethernet'];

function kindOf(word: string): string | null {
  if (word === '' || 'ethernet'.startsWith(word)) return 'ethernet';
  if (word.length > 1 && BY_SPEED.some((long) => long.startsWith(word))) return 'ethernet';
  if (word === 'lg' || word === 'lag') return 'lag';
  if (word === 'mgmt' || word === 'management') return 'management';
  if (word === 've') return 've';
  if (word === 'lb' || word === 'loopback') return 'loopback';
  if (word === 'tn' || word === 'tunnel') return 'tunnel';
  return null;
}

/** As tables print it: `1/1/1`, `lg1`, `mgmt1`, `ve10`. */
export function shortName(canonical: string): string {
  const match = /^([a-z]+)(\d.*)$/.exec(canonical);
  const short = SHORT[match?.[1] ?? ''];
  return short === undefined ? canonical : `${short}${match?.[2]}`;
}

export function isSwitchPort(canonical: string): boolean {
  return /^(?:ethernet|lag)\d/.test(canonical);
}

/** A list as the configuration writes it: `ethe 1/1/3 to 1/1/5 ethe 2/1/1 lag 1 to 2`. Null when it is none. */
export function portList(text: string): string[] | null {
  const words = text.trim().split(/\s+/);
  const ports: string[] = [];
  let kind = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^[A-Za-z]+$/.test(word) && word.toLowerCase() !== 'to') {
      kind = word;
      continue;
    }
    if (word.toLowerCase() === 'to') {
      const range = portRange(ports.at(-1) ?? '', canonicalName(`${kind}${words[at + 1] ?? ''}`) ?? '');
      if (range === null) return null;
      ports.push(...range.slice(1));
      at += 1;
      continue;
    }
    const port = canonicalName(`${kind}${word}`);
    if (port === null) return null;
    ports.push(port);
  }
  return ports.length > 0 ? ports : null;
}

/** Both ends and what lies between; they have to be in one module. */
function portRange(first: string, last: string): string[] | null {
  const from = /^(.*?)(\d{1,4})$/.exec(first);
  const to = /^(.*?)(\d{1,4})$/.exec(last);
  if (!from || !to || from[1] !== to[1]) return null;
  const [low, high] = [Number(from[2]), Number(to[2])];
  if (low > high || high - low > 1024) return null;
  return Array.from({ length: high - low + 1 }, (_, index) => `${from[1]}${low + index}`);
}
