import { ascending, defaultVlanName, EVERY_VLAN, vlanIds } from '../cli/vlan-text.ts';
import type { CommandTable } from '../cli/words.ts';
import { factoryPort, type SimConfig, type SimPortConfig } from '../model/config.ts';
import { canonicalName } from './interface-names.ts';
import { dispatch, INVALID } from './words.ts';

/** Which block of the configuration the lines that follow go into. */
export type Context = { kind: 'top' } | { kind: 'interface'; name: string } | { kind: 'vlan'; ids: number[] };

/** What a configuration line did: a new context, or the device's objection. */
export type Outcome = { context: Context } | { error: string };

/** Runs one configuration line on `config`, which may be the running configuration or a session's candidate. */
export function configure(config: SimConfig, context: Context, words: readonly string[]): Outcome {
  if (context.kind === 'interface') {
    const port = config.ports[context.name];
    const inner = port ? dispatch(interfaceCommands(config, port), words, () => null) : null;
    if (inner !== null) return inner === '' ? { context } : { error: inner };
  }
  if (context.kind === 'vlan') {
    const inner = dispatch(vlanCommands(config, context.ids), words, () => null);
    if (inner !== null) return inner === '' ? { context } : { error: inner };
  }
  return dispatch<Outcome>(topCommands(config, context), words, (error) => ({ error }));
}

function topCommands(config: SimConfig, context: Context): CommandTable<Outcome> {
  return [
    ['exit', () => ({ context: { kind: 'top' } })],
    ['hostname <name>', ([name]) => rename(config, name!)],
    ['interface <name...>', ([text]) => enterInterface(config, text!)],
    ['vlan <ids>', ([text]) => enterVlans(config, text!)],
    ['no vlan <ids>', ([text]) => removeVlans(config, context, text!)],
  ];
}

function rename(config: SimConfig, name: string): Outcome {
  config.hostname = name;
  return { context: { kind: 'top' } };
}

function enterInterface(config: SimConfig, text: string): Outcome {
  const name = canonicalName(text);
  if (name === null) return { error: INVALID };
  // A LAG comes into being by being named; a physical port is there or not.
  if (name.startsWith('Port-Channel') && !config.ports[name]) config.ports[name] = factoryPort();
  return config.ports[name] ? { context: { kind: 'interface', name } } : { error: INVALID };
}

function enterVlans(config: SimConfig, text: string): Outcome {
  const ids = vlanIds(text);
  if (ids === null) return { error: INVALID };
  for (const id of ids) config.vlans[id] ??= { name: defaultVlanName(id), active: true };
  return { context: { kind: 'vlan', ids } };
}

function removeVlans(config: SimConfig, context: Context, text: string): Outcome {
  const ids = vlanIds(text);
  if (ids === null) return { error: INVALID };
  if (ids.includes(1)) return { error: '% Default VLAN 1 may not be deleted' };
  for (const id of ids) delete config.vlans[id];
  return { context: context.kind === 'vlan' ? { kind: 'top' } : context };
}

/** Commands that return '' for "done" or the objection. */
function vlanCommands(config: SimConfig, ids: number[]): CommandTable<string> {
  const each = (edit: (id: number) => void): string => {
    for (const id of ids) edit(id);
    return '';
  };
  return [
    ['name <name>', ([name]) => (name!.length > 32 ? INVALID : each((id) => (config.vlans[id]!.name = name!)))],
    ['no name', () => each((id) => (config.vlans[id]!.name = defaultVlanName(id)))],
    ['state active', () => each((id) => (config.vlans[id]!.active = true))],
    ['state suspend', () => each((id) => (config.vlans[id]!.active = false))],
  ];
}

function interfaceCommands(config: SimConfig, port: SimPortConfig): CommandTable<string> {
  const set = (values: Partial<SimPortConfig>): string => {
    Object.assign(port, values);
    return '';
  };
  const withVlan = (text: string, use: (id: number) => string): string => {
    const ids = vlanIds(text);
    return ids?.length === 1 ? use(ids[0]!) : INVALID;
  };
  const keepLine = (text: string): string => set({ extra: [...port.extra.filter((row) => row !== text), text] });
  return [
    ['shutdown', () => set({ adminUp: false })],
    ['no shutdown', () => set({ adminUp: true })],
    ['description <text...>', ([description]) => set({ description: description! })],
    ['no description', () => set({ description: null })],
    ['switchport', () => set({ routed: false })],
    ['no switchport', () => set({ routed: true })],
    ['switchport mode access', () => set({ mode: 'access' })],
    ['switchport mode trunk', () => set({ mode: 'trunk' })],
    ['switchport mode dot1q-tunnel', () => set({ mode: 'dot1q-tunnel' })],
    ['no switchport mode', () => set({ mode: 'access' })],
    // EOS takes a VLAN that does not exist and carries nothing until it does.
    ['switchport access vlan <id>', ([id]) => withVlan(id!, (accessVlan) => set({ accessVlan }))],
    ['no switchport access vlan', () => set({ accessVlan: 1 })],
    ['switchport trunk native vlan tag', () => set({ nativeVlan: 'tag' })],
    ['switchport trunk native vlan <id>', ([id]) => withVlan(id!, (nativeVlan) => set({ nativeVlan }))],
    ['no switchport trunk native vlan', () => set({ nativeVlan: 1 })],
    ['switchport trunk allowed vlan none', () => set({ allowed: [] })],
    ['switchport trunk allowed vlan all', () => set({ allowed: 'all' })],
    ['no switchport trunk allowed vlan', () => set({ allowed: 'all' })],
    ['switchport trunk allowed vlan add <ids>', ([text]) => changeAllowed(port, text!, true)],
    ['switchport trunk allowed vlan remove <ids>', ([text]) => changeAllowed(port, text!, false)],
    ['switchport trunk allowed vlan <ids>', ([text]) => setAllowed(port, text!)],
    ['switchport trunk group <name>', ([name]) => keepLine(`switchport trunk group ${name}`)],
    ['channel-group <id> mode <mode>', ([id, mode]) => joinLag(config, port, id!, mode!)],
    ['no channel-group', () => set({ lag: null })],
    ['spanning-tree portfast', () => keepLine('spanning-tree portfast')],
    ['mtu <bytes>', ([bytes]) => (/^\d{2,5}$/.test(bytes!) ? keepLine(`mtu ${bytes}`) : INVALID)],
  ];
}

function setAllowed(port: SimPortConfig, text: string): string {
  const ids = vlanIds(text);
  if (ids === null) return INVALID;
  port.allowed = ids;
  return '';
}

function changeAllowed(port: SimPortConfig, text: string, add: boolean): string {
  const ids = vlanIds(text);
  if (ids === null) return INVALID;
  const before = port.allowed === 'all' ? EVERY_VLAN : port.allowed;
  port.allowed = add ? ascending([...before, ...ids]) : before.filter((id) => !ids.includes(id));
  return '';
}

function joinLag(config: SimConfig, port: SimPortConfig, id: string, mode: string): string {
  if (!/^\d{1,4}$/.test(id) || !['active', 'passive', 'on'].includes(mode)) return INVALID;
  port.lag = `Port-Channel${id}`;
  config.ports[port.lag] ??= factoryPort();
  return '';
}
