import { outputReader, type PortRow, type VlanRow } from '../../contract/rows.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { vlanId } from './noise.ts';
import { type PortSettings, portSettings } from './port-settings.ts';
import { byInterface } from './port-statements.ts';
import { type Statement, statementsOf } from './statements.ts';
import { resolve, type VlanSettings, vlansOf } from './vlan-settings.ts';

const DISPLAY_SET = String.raw`(?: \| display inheritance(?: no-comments)?)? \| display set(?: \| no-more)?$`;

export const vlanConfig = outputReader({
  kind: 'vlans',
  command: new RegExp(String.raw`^show configuration vlans(?: [\w.-]+)?${DISPLAY_SET}`),
  read(output) {
    const { statements, unparsed } = statementsOf(output);
    const rows = [...vlansOf(statements, unparsed).values()].flatMap(({ name, ids, ports }) =>
      ids.map(
        (vlan): VlanRow => ({
          vlan,
          // With a list each VLAN gets a name of its own.
          name: ids.length === 1 ? name : null,
          active: null,
          // Without ELS a VLAN may name its ports; membership at the port is not in this part of the configuration.
          ports: ports.length > 0 ? ports.map((portId) => ({ portId, tagged: null })) : null,
        }),
      ),
    );
    return { rows, unparsed };
  },
});

/**
 * Ports name VLANs mostly by name. `show configuration vlans | display set` may stand before or after in the same
 * text; a name that no line explains gives null.
 */
export const portConfig = outputReader({
  kind: 'ports',
  command: new RegExp(String.raw`^show configuration interfaces(?: [\w.:/-]+)?${DISPLAY_SET}`),
  read(output) {
    const { ports, vlans, unparsed } = portsOf(output);
    const legacy = [...ports.values()].some((port) => port.legacy);
    const rows = [...ports].map(
      ([portId, port]): PortRow => ({
        portId,
        adminUp: port.adminUp,
        operUp: null,
        ...membership(port, vlans, legacy),
        lag: port.lag,
        description: port.description,
        mtu: port.mtu,
      }),
    );
    return { rows, unparsed };
  },
});

/** Layer 2 settings that a PortRow cannot express, by port, as the configuration writes them. */
export function foreignSettings(output: string): Map<string, string[]> {
  const { ports, vlans, voice } = portsOf(output);
  const foreign = new Map<string, string[]>();
  for (const [portId, port] of ports) {
    const ofVlans = port.members.flatMap((name) => vlans.get(name)?.foreign ?? []);
    const lines = [...port.foreign, ...ofVlans, ...(voice.get(portId) ?? []), ...(voice.get('access-ports') ?? [])];
    if (lines.length > 0) foreign.set(portId, lines);
  }
  return foreign;
}

interface Ports {
  ports: Map<string, PortSettings>;
  vlans: Map<string, VlanSettings>;
  /** `voip` lines by port; `access-ports` stands for all. */
  voice: Map<string, string[]>;
  unparsed: string[];
}

function portsOf(output: string): Ports {
  const { statements, unparsed } = statementsOf(output);
  const vlans = vlansOf(statements, unparsed);
  const unknown = new Set<string>();
  const ports = new Map<string, PortSettings>();
  for (const [portId, own] of byInterface(statements, unparsed)) {
    if (isSwitchPort(portId)) ports.set(portId, portSettings(own, unknown));
  }
  for (const vlan of vlans.values()) {
    for (const portId of vlan.ports.filter(isSwitchPort)) {
      const port = ports.get(portId) ?? portSettings([], unknown);
      ports.set(portId, port);
      port.switching = true;
      if (!port.members.includes(vlan.name)) port.members.push(vlan.name);
    }
  }
  return { ports, vlans, voice: voiceOf(statements), unparsed: [...unparsed, ...unknown] };
}

function voiceOf(statements: readonly Statement[]): Map<string, string[]> {
  const voice = new Map<string, string[]>();
  for (const { line, words } of statements) {
    if (words[1] !== 'voip' || words[2] !== 'interface') continue;
    const portId = canonicalName(words[3] ?? '') ?? words[3] ?? '';
    voice.set(portId, [...(voice.get(portId) ?? []), line]);
  }
  return voice;
}

type Membership = Pick<PortRow, 'mode' | 'untagged' | 'tagged'>;

function membership(port: PortSettings, vlans: ReadonlyMap<string, VlanSettings>, legacy: boolean): Membership {
  if (port.lag !== null) return { mode: null, untagged: null, tagged: null };
  if (!port.switching) return { mode: 'routed', untagged: null, tagged: [] };
  const members = port.members.map((word) => resolve(vlans, word));
  const ids = members.flatMap((some) => (Array.isArray(some) ? some : [])).sort((a, b) => a - b);
  const complete = !members.includes(null);

  if (port.mode === 'trunk') {
    const native = port.native === null ? null : (vlanId(port.native) ?? single(resolve(vlans, port.native)));
    const tagged = [...new Set(ids)].filter((id) => id !== native);
    return { mode: 'trunk', untagged: native, tagged: members.includes('all') ? 'all' : complete ? tagged : null };
  }
  if (port.mode !== null && port.mode !== 'access') return { mode: 'other', untagged: null, tagged: null };
  if (port.members.length > 1 || members.includes('all')) return { mode: 'other', untagged: null, tagged: null };
  // An access port without a VLAN is in `default`, which has id 1 with ELS and no id without it.
  const untagged = port.members.length === 0 ? (vlans.get('default')?.ids[0] ?? (legacy ? null : 1)) : single(ids);
  return { mode: 'access', untagged, tagged: [] };
}

function single(ids: number[] | 'all' | null): number | null {
  return Array.isArray(ids) && ids.length === 1 ? (ids[0] ?? null) : null;
}
