import { vlanText, wrapList } from '../cli/vlan-text.ts';
import type { Knobs } from '../device.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { ENCAPSULATION, NONEGOTIATE } from './configure-switchport.ts';
import { shortName } from './interface-names.ts';
import { type PortView, portViews } from './ports.ts';

const MODES = { access: 'static access', 'dot1q-tunnel': 'tunnel' } as const;

/** Characters of a VLAN list on its first line and on the lines that go on. */
const LIST_FIRST = 56;
const LIST_NEXT = 75;

export function showSwitchports(model: SwitchModel, knobs: Knobs): string {
  return portViews(model)
    .map((view) => switchport(model, knobs, view))
    .join('\n');
}

/** Null when there is no such interface. */
export function showSwitchport(model: SwitchModel, knobs: Knobs, name: string | null): string | null {
  const view = portViews(model).find((candidate) => candidate.name === name);
  return view ? switchport(model, knobs, view) : null;
}

function switchport(model: SwitchModel, knobs: Knobs, view: PortView): string {
  const { config, short } = view;
  if (config.routed) return `Name: ${short}\nSwitchport: Disabled\n`;
  const administrative = config.mode === 'access' || config.mode === 'dot1q-tunnel' ? MODES[config.mode] : config.mode;
  const encapsulation = config.extra.find((row) => row.startsWith(ENCAPSULATION))?.slice(ENCAPSULATION.length + 1);
  const negotiates = config.mode !== 'access' && !config.extra.includes(NONEGOTIATE);
  const rows = [
    `Name: ${short}`,
    'Switchport: Enabled',
    `Administrative Mode: ${administrative}`,
    `Operational Mode: ${operational(view)}`,
    `Administrative Trunking Encapsulation: ${knobs.isl ? (encapsulation ?? 'negotiate') : 'dot1q'}`,
    ...(view.up
      ? [`Operational Trunking Encapsulation: ${view.trunking ? (encapsulation ?? 'dot1q') : 'native'}`]
      : []),
    `Negotiation of Trunking: ${negotiates ? 'On' : 'Off'}`,
    `Access Mode VLAN: ${named(model, config.accessVlan)}`,
    `Trunking Native Mode VLAN: ${config.nativeVlan === 'tag' ? 'none' : named(model, config.nativeVlan)}`,
    'Administrative Native VLAN tagging: disabled',
    'Voice VLAN: none',
    'Administrative private-vlan host-association: none',
    'Administrative private-vlan mapping: none',
    'Operational private-vlan: none',
    `Trunking VLANs Enabled: ${enabled(config.allowed)}`,
    'Pruning VLANs Enabled: 2-1001',
    'Capture Mode Disabled',
    'Capture VLANs Allowed: ALL',
    '',
    'Protected: false',
    'Unknown unicast blocked: disabled',
    'Unknown multicast blocked: disabled',
    'Appliance trust: none',
  ];
  return `${rows.join('\n')}\n`;
}

function operational({ config, up, trunking }: PortView): string {
  if (!up) return 'down';
  const mode = trunking ? 'trunk' : 'static access';
  return config.lag === null ? mode : `${mode} (member of bundle ${shortName(config.lag)})`;
}

function named(model: SwitchModel, id: number): string {
  const vlan = model.running.vlans[id];
  return `${id} (${vlan?.active ? vlan.name : 'Inactive'})`;
}

function enabled(allowed: number[] | 'all'): string {
  if (allowed === 'all') return 'ALL';
  if (allowed.length === 0) return 'NONE';
  return wrapList(vlanText(allowed), LIST_FIRST, LIST_NEXT).join(',\n     ');
}
