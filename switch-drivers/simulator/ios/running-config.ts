import { naturalSort } from '../cli/sort.ts';
import { defaultVlanName, vlanText, wrapList } from '../cli/vlan-text.ts';
import type { Knobs } from '../device.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { ENCAPSULATION, NONEGOTIATE } from './configure-switchport.ts';
import { isPortChannel } from './interface-names.ts';

/** Characters of a VLAN list that IOS prints behind `allowed vlan ` and `allowed vlan add ` before it begins a new line. */
const LIST_FIRST = 48;
const LIST_NEXT = 44;

const HEAD = `version 16.12
no service pad
service timestamps debug datetime msec
service timestamps log datetime msec`;

/** The configuration as IOS prints it: defaults left out, blocks separated by `!`. */
export function configText(config: Readonly<SimConfig>, knobs: Knobs): string {
  const blocks = [
    HEAD,
    `hostname ${config.hostname}`,
    'no aaa new-model',
    `vtp mode ${knobs.vtpClient ? 'client' : 'transparent'}`,
    'spanning-tree mode rapid-pvst\nspanning-tree extend system-id',
    'vlan internal allocation policy ascending',
    // A VTP client keeps its VLANs in a database of their own.
    ...(knobs.vtpClient ? [] : vlanBlocks(config)),
    'lldp run',
    ...interfaceOrder(config).map((name) => interfaceBlock(config, name)),
    'interface Vlan1\n no ip address\n shutdown',
    'line con 0\n stopbits 1\nline vty 0 4\n login local\n transport input ssh',
  ];
  return `!\n${blocks.join('\n!\n')}\n!\nend\n`;
}

/** Port channels first, then the ports. */
export function interfaceOrder(config: Readonly<SimConfig>): string[] {
  return Object.keys(config.ports).sort(
    (a, b) => Number(isPortChannel(b)) - Number(isPortChannel(a)) || naturalSort(a, b),
  );
}

export function interfaceBlock(config: Readonly<SimConfig>, name: string): string {
  const rows = settings(config.ports[name]!).map((row) => ` ${row}`);
  return [`interface ${name}`, ...rows].join('\n');
}

/** VLANs of which nothing was changed share a line. */
function vlanBlocks(config: Readonly<SimConfig>): string[] {
  const vlans = Object.entries(config.vlans).map(([id, vlan]) => ({ id: Number(id), ...vlan }));
  const told = vlans.filter(({ id }) => id !== 1);
  const plain = told.filter(({ id, name, active }) => active && name === defaultVlanName(id));
  const named = told.filter((vlan) => !plain.includes(vlan));
  return [
    ...(plain.length > 0 ? [`vlan ${vlanText(plain.map(({ id }) => id))} `] : []),
    ...named.map(({ id, name, active }) =>
      [
        `vlan ${id}`,
        ...(name === defaultVlanName(id) ? [] : [` name ${name}`]),
        ...(active ? [] : [' state suspend']),
      ].join('\n'),
    ),
  ];
}

function settings(port: SimPortConfig): string[] {
  const kept = (prefix: string) => port.extra.filter((row) => row.startsWith(prefix));
  return [
    ...(port.description === null ? [] : [`description ${port.description}`]),
    ...(port.routed ? ['no switchport', 'no ip address'] : switchport(port, kept)),
    ...(port.adminUp ? [] : ['shutdown']),
    ...kept('channel-group'),
    ...kept('spanning-tree portfast'),
    ...kept('spanning-tree bpduguard'),
  ];
}

function switchport(port: SimPortConfig, kept: (prefix: string) => string[]): string[] {
  return [
    ...(port.accessVlan === 1 ? [] : [`switchport access vlan ${port.accessVlan}`]),
    ...kept(ENCAPSULATION),
    ...(port.nativeVlan === 1 ? [] : [`switchport trunk native vlan ${port.nativeVlan}`]),
    ...(port.allowed === 'all' ? [] : allowedRows(port.allowed)),
    ...(port.mode === 'dynamic auto' ? [] : [`switchport mode ${port.mode}`]),
    ...kept(NONEGOTIATE),
  ];
}

function allowedRows(allowed: readonly number[]): string[] {
  return wrapList(vlanText(allowed) || 'none', LIST_FIRST, LIST_NEXT).map(
    (piece, index) => `switchport trunk allowed vlan ${index === 0 ? '' : 'add '}${piece}`,
  );
}
