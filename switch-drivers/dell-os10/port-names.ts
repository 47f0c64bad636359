/** Interface types of OS10 as its configuration writes them, with the forms of its tables. */
const TYPES: ReadonlyArray<readonly [long: string, ...others: string[]]> = [
  ['ethernet', 'eth', 'e'],
  ['port-channel', 'po'],
  ['vlan', 'vl'],
  ['mgmt', 'ma', 'management'],
  ['loopback', 'lo'],
  ['virtual-network', 'vn'],
  ['null'],
  ['tunnel', 'tu'],
  ['fibrechannel', 'fc'],
  ['vfabric'],
];

/** `1/1/1` (node, slot, port), a breakout port with its lane (`1/1/1:2`), or a plain number. */
const NAME = /^([A-Za-z][A-Za-z-]*) ?(\d{1,5}|\d{1,3}\/\d{1,3}\/\d{1,3}(?::\d)?)$/;
const SWITCH_PORT = /^(?:ethernet\d{1,3}\/\d{1,3}\/\d{1,3}(?::\d)?|port-channel\d{1,4})$/;

/** Any form that OS10 prints or takes, with or without a blank before the number; null when it is no interface. */
export function canonicalName(text: string): string | null {
  const [, word = '', number = ''] = NAME.exec(text.trim()) ?? [];
  const type = TYPES.find((names) => names.includes(word.toLowerCase()))?.[0];
  if (type === undefined) return null;
  const counted = type === 'ethernet' || type === 'mgmt' || type === 'fibrechannel';
  return counted === number.includes('/') ? `${type}${number}` : null;
}

/** As the tables print it: ethernet1/1/1 is Eth1/1/1, port-channel10 is Po10. */
export function shortName(canonical: string): string {
  return canonical.replace(/^ethernet(?=\d)/, 'Eth').replace(/^port-channel(?=\d)/, 'Po');
}

/** May the port carry VLANs, as far as its name tells? */
export function isSwitchPort(canonical: string): boolean {
  return SWITCH_PORT.test(canonical);
}

/**
 * The ports of a list as `show vlan` prints it: `Eth1/1/1-1/1/3,1/1/7:2` or `Po1,10-12`. Null when it is no such list, or
 * a range goes over the lanes of a breakout port: which lanes there are, the list does not tell.
 */
export function portList(text: string): string[] | null {
  const [, word = '', list = ''] = /^(Eth|Po)(\d[\d/:,-]*)$/.exec(text) ?? [];
  if (word === '') return null;
  const ports: string[] = [];
  for (const part of list.split(',')) {
    const range = /^((?:\d{1,3}\/\d{1,3}\/)?)(\d{1,4})-((?:\d{1,3}\/\d{1,3}\/)?)(\d{1,4})$/.exec(part);
    const [, place = '', first = '', otherPlace = '', last = ''] = range ?? [];
    if (range && (place !== otherPlace || Number(first) > Number(last))) return null;
    const numbers = range
      ? Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${place}${Number(first) + index}`)
      : [part];
    for (const number of numbers) {
      const portId = canonicalName(`${word}${number}`);
      if (portId === null) return null;
      ports.push(portId);
    }
  }
  return ports;
}
