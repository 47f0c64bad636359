import { joinLag } from '../cli/lag-members.ts';
import { type Line, restOf, wrongWord } from '../cli/line.ts';
import { done, type Outcome, type Scene } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { vlanIds } from '../cli/vlan-text.ts';
import { isPortChannel, PORT_CHANNEL } from './interface-names.ts';
import { asAccess, asTrunk, DEFAULT_VLAN, taggedOf, untaggedOf } from './membership.ts';

export function interfaceCommands(scene: Scene, name: string, line: Line): Row[] {
  const own = scene.config.ports[name];
  if (!own) return [];
  const target: Target = { name, own, all: [own] };
  return [
    ['shutdown', () => set(target, { adminUp: false })],
    ['no shutdown', () => set(target, { adminUp: true })],
    ['description <text...>', () => describe(target, restOf(line, 1))],
    ...negated('description', () => set(target, { description: null })),
    ['mtu <bytes>', ([bytes]) => (/^\d{4}$/.test(bytes!) ? keep(target, 'mtu', `mtu ${bytes}`) : wrongWord(1))],
    ['spanning-tree port type edge', () => keep(target, 'spanning-tree', 'spanning-tree port type edge')],
    ...negated('spanning-tree port type', () => keep(target, 'spanning-tree', null)),
    ...(isPortChannel(name) ? [] : channelCommands(scene, target)),
    ...switchportCommands(scene, target),
  ];
}

/** Several words stand in quotation marks. */
function describe(target: Target, text: string): Outcome {
  if (/\s/.test(text) && !/^".*"$/.test(text)) return refuse('Unrecognized command.');
  return set(target, { description: text.replace(/^"(.*)"$/, '$1').slice(0, 240) });
}

function switchportCommands(scene: Scene, target: Target): Row[] {
  const { own } = target;
  const toAccess = () => (own.mode === 'access' && !own.routed ? done() : set(target, asAccess(DEFAULT_VLAN)));
  const toTrunk = () => (own.mode === 'trunk' && !own.routed ? done() : set(target, asTrunk(untaggedOf(own), [])));
  return [
    ['no switchport', () => set(target, { ...asAccess(DEFAULT_VLAN), routed: true })],
    ['switchport mode access', () => unlessMember(target, toAccess)],
    ['switchport mode trunk', () => unlessMember(target, toTrunk)],
    ...negated('switchport mode', () => unlessMember(target, toAccess)),
    ['switchport access vlan <id>', ([id]) => onLayer2(target, () => setUntagged(scene, target, id!))],
    ['no switchport access vlan', () => onLayer2(target, () => dropUntagged(target))],
    ['switchport trunk allowed vlan <ids>', ([ids]) => onLayer2(target, () => addTagged(scene, target, ids!))],
    ['no switchport trunk allowed vlan <ids>', ([ids]) => onLayer2(target, () => removeTagged(target, ids!))],
  ];
}

function setUntagged({ config }: Scene, { own, ...target }: Target, text: string): Outcome {
  const [id] = /^\d{1,4}$/.test(text) ? (vlanIds(text) ?? []) : [];
  if (id === undefined) return wrongWord(3);
  if (!config.vlans[id]) return refuse(`VLAN ${id} does not exist.`);
  const tagged = taggedOf(own);
  if (tagged.includes(id)) return refuse(`VLAN ${id} is tagged on the interface.`);
  return set({ own, ...target }, own.mode === 'access' ? asAccess(id) : asTrunk(id, tagged));
}

/** On a trunk it leaves untagged frames without a VLAN; in access mode it means the default one. */
function dropUntagged(target: Target): Outcome {
  const { own } = target;
  return set(target, own.mode === 'access' ? asAccess(DEFAULT_VLAN) : asTrunk(null, taggedOf(own)));
}

/** VLANs come to those that the trunk carries already. */
function addTagged({ config }: Scene, target: Target, text: string): Outcome {
  const { own } = target;
  const ids = vlanIds(text);
  if (ids === null) return wrongWord(4);
  if (own.mode !== 'trunk') return refuse('Interface is not in trunk mode.');
  const missing = ids.find((id) => !config.vlans[id]);
  if (missing !== undefined) return refuse(`VLAN ${missing} does not exist.`);
  const untagged = untaggedOf(own);
  if (untagged !== null && ids.includes(untagged))
    return refuse(`VLAN ${untagged} is the access VLAN of the interface.`);
  return set(target, asTrunk(untagged, [...taggedOf(own), ...ids]));
}

function removeTagged(target: Target, text: string): Outcome {
  const { own } = target;
  const ids = vlanIds(text);
  if (ids === null) return wrongWord(5);
  if (own.mode !== 'trunk') return refuse('Interface is not in trunk mode.');
  const tagged = taggedOf(own);
  const stranger = ids.find((id) => !tagged.includes(id));
  if (stranger !== undefined) return refuse(`VLAN ${stranger} is not allowed on the interface.`);
  return set(
    target,
    asTrunk(
      untaggedOf(own),
      tagged.filter((id) => !ids.includes(id)),
    ),
  );
}

function channelCommands(scene: Scene, target: Target): Row[] {
  const join = (id: string, mode: string): Outcome => {
    const lag = `${PORT_CHANNEL}${Number(id)}`;
    if (!/^\d{1,4}$/.test(id)) return wrongWord(1);
    if (!scene.config.ports[lag]) return refuse(`${lag} does not exist.`);
    joinLag(scene.config, target, lag);
    return keep(target, 'channel-group', `channel-group ${Number(id)} mode ${mode}`);
  };
  return [
    ['channel-group <id> mode active', ([id]) => join(id!, 'active')],
    ['channel-group <id> mode passive', ([id]) => join(id!, 'passive')],
    ['channel-group <id> mode on', ([id]) => join(id!, 'on')],
    ...negated('channel-group', () => {
      keep(target, 'channel-group', null);
      return set(target, { ...asAccess(DEFAULT_VLAN), lag: null });
    }),
  ];
}

function unlessMember({ own }: Target, run: () => Outcome): Outcome {
  return own.lag === null ? run() : refuse(`Interface is a member of ${own.lag}.`);
}

function onLayer2(target: Target, run: () => Outcome): Outcome {
  return unlessMember(target, () => (target.own.routed ? refuse('Interface is not in L2 mode.') : run()));
}

function refuse(words: string): Outcome {
  return done(`% Error: ${words}\n`);
}
