import { allowedVlanCommands } from '../cli/allowed-vlans.ts';
import { wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { defaultVlanName } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';
import { FACTORY_MODE } from './factory.ts';
import { shortName } from './interface-names.ts';
import { isDefaultVlan, readVlanList } from './vlan-list.ts';

export const ENCAPSULATION = 'switchport trunk encapsulation';
export const NONEGOTIATE = 'switchport nonegotiate';

export function switchportCommands(scene: Scene, target: Target): Row[] {
  const mode = (value: SimPortConfig['mode']) => setMode(scene, target, value);
  const rows: Row[] = [
    ['switchport mode access', () => mode('access')],
    ['switchport mode trunk', () => mode('trunk')],
    ['switchport mode dynamic auto', () => mode('dynamic auto')],
    ['switchport mode dynamic desirable', () => mode('dynamic desirable')],
    ...negated('switchport mode', () => mode(FACTORY_MODE)),
    ['switchport access vlan <id>', ([text]) => withVlan(text!, 3, (id) => setAccess(scene, target, id))],
    ...negated('switchport access vlan', () => set(target, { accessVlan: 1 })),
    ['switchport trunk native vlan <id>', ([text]) => withVlan(text!, 4, (nativeVlan) => set(target, { nativeVlan }))],
    ...negated('switchport trunk native vlan', () => set(target, { nativeVlan: 1 })),
    ...allowedVlanCommands(target, readAllowed),
    ...(scene.knobs.isl ? encapsulationCommands(target) : []),
    ['switchport nonegotiate', () => (isDynamic(target) ? conflict(target) : keep(target, NONEGOTIATE, NONEGOTIATE))],
    ...negated('switchport nonegotiate', () => keep(target, NONEGOTIATE, null)),
  ];
  return [
    ['switchport', () => set(target, { routed: false })],
    ['no switchport', () => set(target, { routed: true })],
    ...rows.map(
      ([pattern, run]): Row => [pattern, (values) => (target.own.routed ? noSwitchport(target) : run(values))],
    ),
  ];
}

function encapsulationCommands(target: Target): Row[] {
  const negotiate = () => (target.own.mode === 'trunk' ? autoEncapsulation() : keep(target, ENCAPSULATION, null));
  return [
    [`${ENCAPSULATION} dot1q`, () => keep(target, ENCAPSULATION, `${ENCAPSULATION} dot1q`)],
    [`${ENCAPSULATION} isl`, () => keep(target, ENCAPSULATION, `${ENCAPSULATION} isl`)],
    [`${ENCAPSULATION} negotiate`, negotiate],
    ...negated(ENCAPSULATION, negotiate),
  ];
}

function setMode({ knobs }: Scene, target: Target, mode: SimPortConfig['mode']): Outcome {
  const { extra } = target.own;
  if (mode === 'trunk' && knobs.isl && !extra.some((row) => row.startsWith(ENCAPSULATION))) return autoEncapsulation();
  if (mode.startsWith('dynamic') && extra.includes(NONEGOTIATE)) return conflict(target);
  return set(target, { mode });
}

/** Assigning a VLAN makes it, unless VLANs come from a VTP server: then the port is assigned and carries nothing. */
function setAccess({ config, knobs }: Scene, target: Target, id: number): Outcome {
  set(target, { accessVlan: id });
  if (config.vlans[id] || isDefaultVlan(id)) return done();
  if (!knobs.vtpClient) config.vlans[id] = { name: defaultVlanName(id), active: true };
  return done(`% Access VLAN does not exist. Creating vlan ${id}\n`);
}

function readAllowed(text: string): number[] | Outcome {
  const ids = readVlanList(text);
  return 'rejected' in ids ? done(`${ids.rejected}\n`) : ids;
}

function withVlan(text: string, word: number, use: (id: number) => Outcome): Outcome {
  const id = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 4094 ? use(id) : wrongWord(word);
}

function isDynamic({ own }: Target): boolean {
  return own.mode.startsWith('dynamic');
}

function autoEncapsulation(): Outcome {
  return done(
    'Command rejected: An interface whose trunk encapsulation is "Auto" can not be configured to "trunk" mode.\n',
  );
}

function conflict({ name }: Target): Outcome {
  return done(
    `Command rejected: Conflict between 'nonegotiate' and 'dynamic' status on this interface: ${shortName(name)}\n`,
  );
}

function noSwitchport({ name }: Target): Outcome {
  return done(`Command rejected: ${shortName(name)} not a switching port.\n`);
}
