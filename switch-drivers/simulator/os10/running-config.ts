import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { isPortChannel } from './interface-names.ts';
import { taggedOf, untaggedOf } from './membership.ts';

const FACTORY_NAME = 'OS10';

export function configText(config: Readonly<SimConfig>): string {
  const blocks = [
    '! Version 10.5.4.2\n! Last configuration change at Nov  21 20:00:00 2026',
    'ip vrf default',
    [
      'iscsi target port 860',
      ...(config.hostname === FACTORY_NAME ? [] : [`hostname ${config.hostname}`]),
      'username admin password **** role sysadmin priv-lvl 15',
      'aaa authentication login default local',
    ].join('\n'),
    ...interfaceBlocks(config),
    'policy-map type application policy-iscsi',
  ];
  return `${blocks.join('\n!\n')}\n`;
}

/** All interfaces, or the one of that name; null when there is none. */
export function interfaceText(config: Readonly<SimConfig>, name?: string | null): string | null {
  const blocks = interfaceBlocks(config);
  const wanted = name === undefined ? blocks : blocks.filter((text) => text.split('\n')[0] === `interface ${name}`);
  return wanted.length === 0 ? null : wanted.map((text) => `!\n${text}\n`).join('');
}

function interfaceBlocks(config: Readonly<SimConfig>): string[] {
  const names = Object.keys(config.ports).sort(
    (a, b) => Number(isPortChannel(b)) - Number(isPortChannel(a)) || naturalSort(a, b),
  );
  const channels = names.filter(isPortChannel);
  const port = (name: string) => block(name, settings(config.ports[name]!));
  return [
    ...Object.entries(config.vlans).map(([id, { name }]) =>
      block(`vlan${id}`, [...(id === '1' ? [] : described(name)), 'no shutdown']),
    ),
    ...channels.map(port),
    block('mgmt1/1/1', ['no shutdown', 'no ip address dhcp', 'ip address 192.0.2.10/24', 'ipv6 address autoconfig']),
    ...names.filter((name) => !channels.includes(name)).map(port),
  ];
}

function block(name: string, rows: readonly string[]): string {
  return [`interface ${name}`, ...rows.map((row) => ` ${row}`)].join('\n');
}

function described(text: string | null): string[] {
  if (text === null || text === '') return [];
  return [`description ${/\s/.test(text) ? `"${text}"` : text}`];
}

/** What is the default is printed, too, but for access mode. */
function settings(port: SimPortConfig): string[] {
  const kept = (prefix: string) => port.extra.filter((row) => row.startsWith(prefix));
  return [
    ...described(port.description),
    port.adminUp ? 'no shutdown' : 'shutdown',
    ...kept('channel-group'),
    ...(port.routed || port.lag !== null ? ['no switchport'] : switchport(port)),
    ...kept('mtu'),
    'flowcontrol receive off',
    ...kept('spanning-tree'),
  ];
}

function switchport(port: SimPortConfig): string[] {
  const untagged = untaggedOf(port);
  const tagged = taggedOf(port);
  return [
    ...(port.mode === 'trunk' ? ['switchport mode trunk'] : []),
    untagged === null ? 'no switchport access vlan' : `switchport access vlan ${untagged}`,
    ...(tagged.length > 0 ? [`switchport trunk allowed vlan ${vlanText(tagged)}`] : []),
  ];
}
