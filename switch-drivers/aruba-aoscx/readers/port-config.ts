import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, isSwitchPort } from '../port-names.ts';
import { FOREIGN, GLOBAL_WORDS, INTERFACE_WORDS } from './config-words.ts';
import { NOISE, trunkVlans, vlanId, vlanSet, withoutPager } from './noise.ts';

interface Block {
  portId: string;
  settings: string[];
  /** Settings that are not understood. */
  unknown: string[];
}

/** A setting that we do not understand and that may be about the VLANs of the port. */
const ABOUT_VLANS = /\b(?:vlan|vlans|trunk|tunnel|tag|tagged|untagged)\b|vlan-|-vlan/;

/**
 * The interfaces of the running configuration. `no shutdown` is printed for every port that is up, so a port without it is
 * down; likewise `no routing`, except on switches that cannot route on ports and print a VLAN instead. A switched port
 * without a VLAN is in access mode in VLAN 1; a trunk without a list carries every VLAN (Layer 2 Bridging Guide, "VLANs").
 */
export const portConfig = outputReader({
  kind: 'ports',
  command: /^show running-config(?: interface(?: \S+(?: \d+)?)?| all)?$/,
  read(output) {
    const { blocks, unparsed } = blocksOf(output);
    return { rows: blocks.map(rowOf), unparsed };
  },
});

/** Settings about layer 2, as configured, that a row cannot express: a port that has one is not ours to write. */
export function foreignSettings(output: string): Map<string, string[]> {
  const foreign = new Map<string, string[]>();
  for (const { portId, settings, unknown } of blocksOf(output).blocks) {
    if (!isSwitchPort(portId)) continue;
    const found = [
      ...settings.filter((setting) => FOREIGN.test(setting)),
      ...unknown.filter((setting) => ABOUT_VLANS.test(setting)),
    ];
    if (found.length > 0) foreign.set(portId, [...(foreign.get(portId) ?? []), ...found]);
  }
  return foreign;
}

/** The settings of each interface as the configuration prints them, without their indent. */
export function portBlocks(output: string): Map<string, string[]> {
  return new Map(blocksOf(output).blocks.map(({ portId, settings }) => [portId, settings]));
}

function blocksOf(output: string): { blocks: Block[]; unparsed: string[] } {
  const blocks: Block[] = [];
  /** What indented lines belong to: an interface, something else that is known, or nothing known. */
  let section: Block | 'other' | null = null;
  /** The line that ends a text of somebody's own: a banner, a certificate. */
  let textEnd: RegExp | null = null;
  const unparsed = readLines(withoutPager(output), [
    {
      pattern: /^/,
      take(_match, line) {
        if (textEnd === null) return false;
        if (textEnd.test(line)) textEnd = null;
      },
    },
    { pattern: /^Current configuration:$/ },
    { pattern: /^\s*!/ },
    {
      pattern: /^\s*banner (?:motd|exec) (\S)$/,
      take: ([, mark = '']) => {
        textEnd = new RegExp(`^\\u{${mark.codePointAt(0)?.toString(16)}}`, 'u');
      },
    },
    {
      pattern: /^\s*-----BEGIN [A-Z ]{1,40}-----$/,
      take: () => {
        textEnd = /-----END [A-Z ]{1,40}-----$/;
      },
    },
    {
      pattern: /^interface (.{1,64}?)(?: multi-chassis(?: static)?)?$/,
      take([, name = '']) {
        const portId = canonicalName(name);
        section = portId === null ? null : { portId, settings: [], unknown: [] };
        if (section === null) return false;
        blocks.push(section);
      },
    },
    {
      pattern: /^(?:no )?([a-z][\w-]*):?(?:\s.*)?$/,
      take([, word = '']) {
        section = GLOBAL_WORDS.has(word) ? 'other' : null;
        return section === null ? false : undefined;
      },
    },
    {
      pattern: /^\s+(\S.*)$/,
      take([, setting = '']) {
        if (section === null) return false;
        if (section === 'other') return undefined;
        if (!understood(setting)) {
          section.unknown.push(setting);
          return false;
        }
        section.settings.push(setting);
      },
    },
    ...NOISE,
  ]);
  return { blocks, unparsed };
}

/** A known setting; of those about VLANs, one whose ids are such. */
function understood(setting: string): boolean {
  const word = /^(?:no )?([a-z0-9-]+)/.exec(setting)?.[1] ?? '';
  if (!INTERFACE_WORDS.has(word) && !word.startsWith('vlan-')) return false;
  const id = /^vlan (?:access|trunk native) (\d+)(?: tag)?$/.exec(setting)?.[1];
  if (id !== undefined) return vlanId(id) !== null;
  const list = /^vlan trunk allowed (.+)$/.exec(setting)?.[1];
  return list === undefined || vlanSet(list) !== null;
}

function rowOf({ portId, settings }: Block): PortRow {
  const all = (pattern: RegExp) => settings.flatMap((setting) => pattern.exec(setting)?.[1] ?? []);
  const value = (pattern: RegExp) => all(pattern).at(-1);
  const lag = value(/^lag (\d+)$/);
  const mtu = value(/^mtu (\d+)$/);
  const shutdown = value(/^((?:no )?shutdown)$/);
  const base = {
    portId,
    // SVIs and loopbacks are up unless they are shut down.
    adminUp: shutdown === undefined ? !isSwitchPort(portId) : shutdown !== 'shutdown',
    operUp: null,
    lag: lag === undefined ? null : `lag${lag}`,
    description: value(/^description (.*)$/) ?? null,
    mtu: mtu === undefined ? null : Number(mtu),
  };
  const none = { untagged: null, tagged: null };
  if (!isSwitchPort(portId)) return { ...base, mode: 'routed', ...none };
  // A member has no VLANs of its own.
  if (lag !== undefined) return { ...base, mode: null, ...none };
  const native = value(/^vlan trunk native (\d+(?: tag)?)$/);
  const lists = all(/^vlan trunk allowed (.+)$/).map(vlanSet);
  if (native !== undefined || lists.length > 0) {
    const ids = lists.filter((list) => Array.isArray(list)).flat();
    const every = lists.length === 0 || lists.includes('all');
    const allowed = every ? 'all' : [...new Set(ids)].sort((a, b) => a - b);
    const [id = '1', tag] = native?.split(' ') ?? [];
    return { ...base, mode: 'trunk', ...trunkVlans(allowed, vlanId(id), tag !== undefined) };
  }
  const access = value(/^vlan access (\d+)$/);
  if (access === undefined && value(/^((?:no )?routing)$/) !== 'no routing')
    return { ...base, mode: 'routed', ...none };
  return { ...base, mode: 'access', untagged: vlanId(access ?? '1'), tagged: [] };
}
