import { naturalSort } from '../cli/sort.ts';
import { defaultVlanName, vlanText, wrapList } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { isPortChannel } from './interface-names.ts';

/** Characters of a VLAN list in a line of its own. */
const LIST = 56;

/** A configuration as NX-OS prints it: what differs from the defaults, blocks separated by empty lines. */
export function configText(config: Readonly<SimConfig>, command: string): string {
  const blocks = [
    `hostname ${config.hostname}\nvdc ${config.hostname} id 1`,
    'feature lacp\nfeature lldp',
    vlanBlocks(config),
    'vrf context management',
    interfaceBlocks(config),
    'line console\nline vty',
  ];
  return printed(command, blocks.join('\n\n'));
}

/** Null when there is no such interface. */
export function interfaceText(config: Readonly<SimConfig>, command: string, name: string | null): string | null {
  if (name !== null && !config.ports[name]) return null;
  return printed(command, name === null ? interfaceBlocks(config) : block(config, name));
}

function printed(command: string, text: string): string {
  return `
!Command: ${command}
!Running configuration last done at: Sat Nov 21 20:00:00 2026
!Time: Sat Nov 21 20:00:01 2026

version 9.3(10) Bios:version 05.45

${text}

`;
}

function interfaceBlocks(config: Readonly<SimConfig>): string {
  const names = Object.keys(config.ports).sort(
    (a, b) => Number(isPortChannel(b)) - Number(isPortChannel(a)) || naturalSort(a, b),
  );
  return [
    'interface Vlan1',
    ...names.map((name) => block(config, name)),
    'interface mgmt0\n  vrf member management\n  ip address 192.0.2.10/24',
  ].join('\n\n');
}

function block(config: Readonly<SimConfig>, name: string): string {
  return [`interface ${name}`, ...settings(config.ports[name]!).map((row) => `  ${row}`)].join('\n');
}

function vlanBlocks({ vlans }: Readonly<SimConfig>): string {
  const named = Object.entries(vlans).flatMap(([key, { name, active }]) => {
    const id = Number(key);
    const rows = [
      ...(id === 1 || name === defaultVlanName(id) ? [] : [`  name ${name}`]),
      ...(active ? [] : ['  state suspend']),
    ];
    return rows.length === 0 ? [] : [[`vlan ${id}`, ...rows].join('\n')];
  });
  return [`vlan ${vlanText(Object.keys(vlans).map(Number))}`, ...named].join('\n');
}

/** A switch port is silent while it is up, a routed one while it is down. */
function settings(port: SimPortConfig): string[] {
  const kept = (prefix: string) => port.extra.filter((row) => row.startsWith(prefix));
  return [
    ...(port.description === null ? [] : [`description ${port.description}`]),
    ...(port.routed ? ['no switchport'] : switchport(port)),
    ...kept('spanning-tree'),
    ...kept('channel-group'),
    ...(port.adminUp === port.routed ? [port.adminUp ? 'no shutdown' : 'shutdown'] : []),
  ];
}

function switchport(port: SimPortConfig): string[] {
  return [
    ...(port.mode === 'access' ? [] : [`switchport mode ${port.mode}`]),
    ...(port.accessVlan === 1 ? [] : [`switchport access vlan ${port.accessVlan}`]),
    ...(port.nativeVlan === 1 ? [] : [`switchport trunk native vlan ${port.nativeVlan}`]),
    ...(port.allowed === 'all' ? [] : allowedRows(port.allowed)),
  ];
}

function allowedRows(allowed: readonly number[]): string[] {
  return wrapList(vlanText(allowed) || 'none', LIST, LIST).map(
    (piece, index) => `switchport trunk allowed vlan ${index === 0 ? '' : 'add '}${piece}`,
  );
}
