import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { plainName } from './configure.ts';

/** The configuration in the parts that ZXROS prints it in; blocks end with `$`. */
export function configText(config: Readonly<SimConfig>): string {
  const names = Object.keys(config.ports).sort(naturalSort);
  return [
    part('system-config', [`hostname ${config.hostname}`]),
    part('user-manage', ['system-user', '  user-name admin', '    password encrypted *simulated*', '  $', '$']),
    part(
      'if-intf',
      names.flatMap((name) => interfaceRows(name, config.ports[name]!)),
    ),
    switchVlanPart(config),
  ].join('');
}

export function switchVlanPart(config: Readonly<SimConfig>): string {
  const names = Object.keys(config.ports).sort(naturalSort);
  const rows = [...vlanRows(config), ...names.flatMap((name) => membershipRows(name, config.ports[name]!))];
  return part('switchvlan', ['switchvlan-configuration', ...rows.map((row) => `  ${row}`), '$']);
}

function part(name: string, rows: readonly string[]): string {
  return `!<${name}>\n${rows.join('\n')}\n!</${name}>\n`;
}

function interfaceRows(name: string, port: SimPortConfig): string[] {
  return [
    `interface ${name}`,
    ...(port.description === null ? [] : [`  description ${port.description}`]),
    port.adminUp ? '  no shutdown' : '  shutdown',
    ...(port.routed ? [] : ['  switch attribute enable']),
    '$',
  ];
}

/** VLANs without a name of their own share a line. */
function vlanRows(config: Readonly<SimConfig>): string[] {
  const vlans = Object.entries(config.vlans).map(([id, vlan]) => ({ id: Number(id), ...vlan }));
  const plain = vlans.filter(({ id, name }) => id === 1 || name === plainName(id)).map(({ id }) => id);
  const named = vlans.filter(({ id }) => !plain.includes(id));
  return [`vlan list ${vlanText(plain)}`, ...named.flatMap(({ id, name }) => [`vlan ${id}`, `  name ${name}`, '$'])];
}

/** Defaults are left out: access mode, VLAN 1. */
function membershipRows(name: string, port: SimPortConfig): string[] {
  if (port.routed) return [];
  const rows =
    port.mode === 'trunk'
      ? [
          'switchport mode trunk',
          ...port.extra,
          ...(port.nativeVlan === 1 ? [] : [`switchport trunk native vlan ${port.nativeVlan}`]),
        ]
      : port.accessVlan === 1
        ? []
        : [`switchport access vlan ${port.accessVlan}`];
  return rows.length === 0 ? [] : [`interface ${name}`, ...rows.map((row) => `  ${row}`), '$'];
}
