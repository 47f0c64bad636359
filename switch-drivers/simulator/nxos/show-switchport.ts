import { vlanText } from '../cli/vlan-text.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { type PortView, portViews } from './ports.ts';

/** All ports, or the one of that name; empty when there is none. */
export function showSwitchports(model: SwitchModel, name?: string | null): string {
  return portViews(model)
    .filter((view) => name === undefined || view.name === name)
    .map((view) => switchport(model, view))
    .join('');
}

function switchport(model: SwitchModel, { name, config }: PortView): string {
  if (config.routed) return `Name: ${name}\n  Switchport: Disabled\n`;
  const rows = [
    'Switchport: Enabled',
    'Switchport Monitor: Not enabled',
    'Switchport Isolated : Not enabled',
    'Switchport Block Multicast: Not enabled',
    'Switchport Block Unicast: Not enabled',
    `Operational Mode: ${config.mode}`,
    `Access Mode VLAN: ${named(model, config.accessVlan)}`,
    `Trunking Native Mode VLAN: ${config.nativeVlan === 'tag' ? 'none' : named(model, config.nativeVlan)}`,
    `Trunking VLANs Allowed: ${config.allowed === 'all' ? '1-4094' : vlanText(config.allowed) || 'none'}`,
    'Voice VLAN: none',
    'Extended Trust State : not trusted [COS = 0]',
    'Administrative private-vlan primary host-association: none',
    'Operational private-vlan: none',
  ];
  return [`Name: ${name}`, ...rows.map((row) => `  ${row}`), ''].join('\n');
}

function named(model: SwitchModel, id: number): string {
  return `${id} (${model.running.vlans[id]?.name ?? 'Vlan not created'})`;
}
