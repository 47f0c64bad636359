import type { SimConfig, SimPortConfig } from '../model/config.ts';
import { domainValue, isInDomain } from './domain.ts';

export function showVlans({ vlans }: Readonly<SimConfig>): string {
  return json(Object.fromEntries(Object.keys(vlans).map((id) => [id, { multicast: {} }])));
}

export function showInterfaces({ ports }: Readonly<SimConfig>): string {
  return json(Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, showInterface(port)])));
}

function showInterface(port: SimPortConfig) {
  const link = { mtu: 9216, state: port.adminUp ? { up: {} } : { down: {} } };
  return { ...(isInDomain(port) && { bridge: { domain: { br_default: showDomain(port) } } }), link, type: 'swp' };
}

function showDomain(port: SimPortConfig) {
  const [access, untagged, vlan] = (['access', 'untagged', 'vlan'] as const).map((row) => domainValue(port, row));
  return {
    learning: 'on',
    ...(access && { access: Number(access) }),
    ...(untagged && { untagged: untagged === 'none' ? untagged : Number(untagged) }),
    ...(vlan && { vlan: Object.fromEntries(vlan.split(',').map((id) => [id, {}])) }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
