import { outputReader, type PortRow } from '../../contract/rows.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { commandMeaning } from './interface-commands.ts';
import { noise, withoutPager } from './noise.ts';
import { type PortBlock, silentBlock, takeBlockLine } from './port-block.ts';

interface Interface {
  portId: string;
  block: PortBlock;
  lag: string | null;
  description: string | null;
  mtu: number | null;
  foreign: string[];
}

/** `show running-configuration interface`, and `show configuration` within an interface. */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show (?:running-configuration interface(?: \S+){0,2}|configuration)$/,
  read(output) {
    const { found, unparsed } = interfaces(output);
    return { rows: found.map(row), unparsed };
  },
});

/**
 * Per port, the settings about layer 2 that a PortRow cannot express, as the device prints them: a driver that rewrote such
 * a port would leave or break something that it does not see. Ports without any are left out.
 */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = interfaces(output).found.filter((port) => port.foreign.length > 0);
  return new Map(foreign.map((port) => [port.portId, port.foreign]));
}

function interfaces(output: string): { found: Interface[]; unparsed: string[] } {
  const found: Interface[] = [];
  let current: Interface | null = null;
  const rules: LineRule[] = [
    ...noise,
    { pattern: /^ *!.*$/ },
    // How a connector is split into ports: `interface breakout 1/1/1 map 100g-1x`.
    { pattern: /^interface breakout \S+ map \S+$/ },
    {
      pattern: /^interface (\S+(?: \d\S*)?)$/,
      take: ([, name = '']) => {
        const portId = canonicalName(name);
        current = portId === null ? null : silentInterface(portId);
        if (!current) return false;
        found.push(current);
      },
    },
    {
      // Lines of a mode of their own (`vrrp-group`) stand deeper.
      pattern: /^ {2,}\S.*$/,
      take: () => (current ? undefined : false),
    },
    {
      // `show configuration` prints no indent.
      pattern: /^ ?(\S.*)$/,
      take: ([, setting = '']) => (current ? takeSetting(current, setting) : false),
    },
  ];
  return { unparsed: readLines(withoutPager(output), rules), found };
}

function silentInterface(portId: string): Interface {
  return { portId, block: silentBlock(), lag: null, description: null, mtu: null, foreign: [] };
}

/** False: the line is not understood. What it says about layer 2 is among `foreign` then. */
function takeSetting(port: Interface, setting: string): false | undefined {
  const taken = takeBlockLine(port.block, setting);
  if (taken === 'taken') return;
  const [, words = '', rest = ''] = /^(description|mtu|channel-group) (.*)$/.exec(setting) ?? [];
  const group = /^(\d{1,4})(?: mode (?:active|passive|on))?$/.exec(rest)?.[1];
  if (words === 'description') port.description = rest.replace(/^"(.*)"$/, '$1');
  else if (words === 'mtu' && /^\d{2,5}$/.test(rest)) port.mtu = Number(rest);
  else if (words === 'channel-group' && group !== undefined) port.lag = `port-channel${Number(group)}`;
  else return other(port, setting, taken);
}

function other(port: Interface, setting: string, taken: 'unknown' | 'wrong'): false | undefined {
  const meaning = taken === 'wrong' ? 'foreign' : commandMeaning(setting);
  if (meaning === 'foreign' || (meaning === 'unknown' && /\b(?:switchport|vlan|channel-group)\b/.test(setting))) {
    port.foreign.push(setting);
  }
  if (meaning === 'unknown' || taken === 'wrong') return false;
}

/** An access VLAN about which the block is silent is the default one, which the block does not tell. */
function row({ portId, block, lag, description, mtu }: Interface): PortRow {
  const base = { portId, adminUp: block.shutdown !== true, operUp: null, lag, description, mtu };
  if (block.routed || !isSwitchPort(portId)) return { ...base, mode: 'routed', untagged: null, tagged: null };
  const { mode, access } = block;
  const untagged = access === 'none' ? null : access;
  // What is left over of a trunk is not in force in access mode.
  return { ...base, mode, untagged, tagged: mode === 'trunk' ? block.allowed.filter((vlan) => vlan !== access) : [] };
}
