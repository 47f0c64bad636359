import { wrongWord } from '../cli/line.ts';
import { done, type Outcome } from '../cli/scene.ts';
import { negated, type Row } from '../cli/target.ts';
import { ascending, vlanIds, vlanText } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';

/** The list as it was told; the native VLAN passes besides. */
const LIST = 'switchport trunk vlan';

export function listOf({ extra }: SimPortConfig): number[] {
  return vlanIds(extra.find((row) => row.startsWith(LIST))?.slice(LIST.length + 1) ?? '') ?? [];
}

/** What `switchport` sets in the block of a port; each setting belongs to one mode. */
export function membershipCommands(config: SimConfig, port: SimPortConfig): Row[] {
  const within = (mode: SimPortConfig['mode'], run: () => Outcome): Outcome => {
    if (port.routed) return done('%Error 20601: The interface is not a layer 2 interface.\n');
    return port.mode === mode ? run() : done(`%Error 20605: The interface is not in ${mode} mode.\n`);
  };
  const known = (text: string, word: number, use: (ids: number[]) => Outcome): Outcome => {
    const ids = vlanIds(text);
    if (ids === null) return wrongWord(word);
    const missing = ids.find((id) => !config.vlans[id]);
    return missing === undefined ? use(ids) : done(`%Error 20610: VLAN ${missing} does not exist.\n`);
  };
  const one = (text: string, word: number, use: (id: number) => Outcome): Outcome =>
    /^\d+$/.test(text) ? known(text, word, ([id]) => use(id!)) : wrongWord(word);
  const list = (edit: (listed: number[]) => number[]) => setTrunk(port, edit(listOf(port)), port.nativeVlan);
  return [
    ['switchport mode access', () => setMode(port, 'access')],
    ['switchport mode trunk', () => setMode(port, 'trunk')],
    ['switchport access vlan <id>', ([text]) => within('access', () => one(text!, 3, (id) => setAccess(port, id)))],
    ...negated('switchport access vlan', () => within('access', () => setAccess(port, 1))),
    [
      'switchport trunk vlan <ids>',
      ([text]) => within('trunk', () => known(text!, 3, (ids) => list((listed) => [...listed, ...ids]))),
    ],
    [
      'no switchport trunk vlan <ids>',
      ([text]) =>
        within('trunk', () => known(text!, 4, (ids) => list((listed) => listed.filter((id) => !ids.includes(id))))),
    ],
    [
      'switchport trunk native vlan <id>',
      ([text]) => within('trunk', () => one(text!, 4, (id) => setTrunk(port, listOf(port), id))),
    ],
    ...negated('switchport trunk native vlan', () => within('trunk', () => setTrunk(port, listOf(port), 1))),
  ];
}

/** The port begins in VLAN 1, whatever it was in the other mode. */
function setMode(port: SimPortConfig, mode: 'access' | 'trunk'): Outcome {
  if (port.routed) return done('%Error 20601: The interface is not a layer 2 interface.\n');
  if (port.mode === mode) return done();
  port.mode = mode;
  setAccess(port, 1);
  return setTrunk(port, [], 1);
}

function setAccess(port: SimPortConfig, id: number): Outcome {
  port.accessVlan = id;
  return done();
}

function setTrunk(port: SimPortConfig, listed: readonly number[], native: number | 'tag'): Outcome {
  const ids = ascending(listed);
  port.extra = ids.length === 0 ? [] : [`${LIST} ${vlanText(ids)}`];
  port.nativeVlan = native;
  port.allowed = ascending(native === 'tag' ? ids : [...ids, native]);
  return done();
}
