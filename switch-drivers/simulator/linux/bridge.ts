import { ascending } from '../cli/vlan-text.ts';
import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { CommandResult } from '../ssh/exec-server.ts';

/** `bridge vlan add|del dev PORT vid RANGE [pvid] [untagged]` (bridge(8)). */
export function bridgeVlan(model: SwitchModel, words: readonly string[]): CommandResult {
  const [action, dev, portId = '', vid, range = '', ...flags] = words;
  if (dev !== 'dev' || vid !== 'vid' || flags.some((flag) => !['pvid', 'untagged', 'master'].includes(flag))) {
    return { status: 255, complaint: 'Usage: bridge vlan { add | del } vid VLAN_ID dev DEV [ pvid ] [ untagged ]\n' };
  }
  if (!model.running.ports[portId]) return { status: 1, complaint: `Cannot find bridge device\n` };
  const vlans = idsOf(range);
  if (vlans === null) return { status: 255, complaint: `Error: argument "${range}" is wrong: invalid vid\n` };
  const [pvid, untagged] = [flags.includes('pvid'), flags.includes('untagged')];
  if (pvid && vlans.length > 1) return { status: 255, complaint: 'Error: Invalid VLAN range: pvid\n' };
  model.change(`bridge vlan ${words.join(' ')}`, (config) => {
    const port = config.ports[portId]!;
    if (action === 'add') add(port, vlans, pvid);
    else remove(port, vlans);
    port.extra = untaggedAfter(port, vlans, action === 'add' && untagged);
    // A bridge knows no VLANs of its own: each exists where a port has it.
    for (const vlan of vlans) config.vlans[vlan] ??= { name: `${vlan}`, active: true };
  });
  return { status: 0 };
}

function members(port: SimPortConfig): number[] {
  return port.allowed === 'all' ? [] : port.allowed;
}

function idsOf(range: string): number[] | null {
  const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && to <= 4094 && from <= to)) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** An added VLAN has the flags of the last time it was added: without `pvid` it is the PVID no longer. */
function add(port: SimPortConfig, vlans: readonly number[], pvid: boolean): void {
  port.allowed = ascending([...members(port), ...vlans]);
  if (pvid) port.nativeVlan = vlans[0]!;
  else if (port.nativeVlan !== 'tag' && vlans.includes(port.nativeVlan)) port.nativeVlan = 'tag';
}

function remove(port: SimPortConfig, vlans: readonly number[]): void {
  port.allowed = members(port).filter((vlan) => !vlans.includes(vlan));
  if (port.nativeVlan !== 'tag' && vlans.includes(port.nativeVlan)) port.nativeVlan = 'tag';
}

/** VLANs that leave without a tag, kept as `Egress N`. */
function untaggedAfter(port: SimPortConfig, vlans: readonly number[], untagged: boolean): string[] {
  const others = port.extra.filter((row) => !vlans.some((vlan) => row === `Egress ${vlan}`));
  return untagged ? [...others, ...vlans.map((vlan) => `Egress ${vlan}`)] : others;
}
