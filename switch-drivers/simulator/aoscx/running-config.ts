import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { NATIVE } from './configure-switching.ts';
import { plainName } from './configure-vlan.ts';
import { headingName, isLag } from './interface-names.ts';

/** The configuration as AOS-CX prints it: `no shutdown` and `no routing` are, where they hold. */
export function configText(config: Readonly<SimConfig>): string {
  const rows = [
    'Current configuration:',
    '!',
    '!Version ArubaOS-CX FL.10.10.1050',
    '!export-password: default',
    `hostname ${config.hostname}`,
    'user admin group administrators password ciphertext AQBapSimulated',
    'ssh server vrf mgmt',
    ...vlanRows(config),
    'spanning-tree',
    'interface mgmt',
    '    no shutdown',
    '    ip dhcp',
    ...interfaceOrder(config).flatMap((name) => interfaceRows(config, name)),
    'interface vlan 1',
    '    ip dhcp',
    'https-server vrf mgmt',
  ];
  return `${rows.join('\n')}\n`;
}

/** LAGs first. */
export function interfaceOrder(config: Readonly<SimConfig>): string[] {
  return Object.keys(config.ports).sort((a, b) => Number(isLag(b)) - Number(isLag(a)) || naturalSort(a, b));
}

export function interfaceRows(config: Readonly<SimConfig>, name: string): string[] {
  const port = config.ports[name]!;
  return [
    `interface ${headingName(name)}`,
    ...[
      ...(port.adminUp ? ['no shutdown'] : []),
      ...(port.description === null ? [] : [`description ${port.description}`]),
      ...(port.lag === null ? layer2(port) : [headingName(port.lag)]),
    ].map((row) => `    ${row}`),
  ];
}

function layer2(port: SimPortConfig): string[] {
  if (port.routed) return [];
  if (port.mode !== 'trunk') return ['no routing', `vlan access ${port.accessVlan}`];
  const allowed = port.allowed === 'all' ? 'all' : vlanText(port.allowed);
  return ['no routing', nativeRow(port), `vlan trunk allowed ${allowed}`];
}

export function nativeRow(port: SimPortConfig): string {
  return port.extra.find((row) => row.startsWith(NATIVE)) ?? `${NATIVE} ${port.nativeVlan}`;
}

/** VLANs of which nothing was changed share a line. */
function vlanRows(config: Readonly<SimConfig>): string[] {
  const vlans = Object.entries(config.vlans).map(([id, vlan]) => ({ id: Number(id), ...vlan }));
  const plain = vlans.filter(({ id, name, active }) => active && (id === 1 || name === plainName(id)));
  const others = vlans.filter((vlan) => !plain.includes(vlan));
  return [
    ...(plain.length > 0 ? [`vlan ${vlanText(plain.map(({ id }) => id))}`] : []),
    ...others.flatMap(({ id, name, active }) => [
      `vlan ${id}`,
      ...(name === plainName(id) ? [] : [`    name ${name}`]),
      ...(active ? [] : ['    shutdown']),
    ]),
  ];
}
