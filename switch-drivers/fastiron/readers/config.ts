import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName, portList } from '../port-names.ts';
import { FOREIGN_INTERFACE, FOREIGN_VLAN, KNOWN_INTERFACE, KNOWN_LAG, KNOWN_VLAN } from './config-settings.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

export interface VlanBlock {
  vlan: number;
  name: string | null;
  untagged: string[];
  /** Ports that were taken out of the default VLAN. */
  notUntagged: string[];
  tagged: string[];
  foreign: string[];
}

export interface InterfaceBlock {
  ports: string[];
  adminUp: boolean;
  description: string | null;
  routed: boolean;
  /** VLAN without a tag of a tagged port; `default`: the default VLAN. */
  dualMode: number | 'default' | null;
  foreign: string[];
}

export interface LagBlock {
  lag: string;
  members: string[];
  down: string[];
}

export interface Config {
  vlans: VlanBlock[];
  interfaces: InterfaceBlock[];
  lags: LagBlock[];
  /** `ver` line: the release. */
  release: string | null;
  unparsed: string[];
}

type Block = { vlan?: VlanBlock; iface?: InterfaceBlock; lag?: LagBlock };

/** Reads the parts `vlan`, `lag` and `interface` of the running configuration, in whatever order they come. */
export function readConfig(output: string): Config {
  const config: Config = { vlans: [], interfaces: [], lags: [], release: null, unparsed: [] };
  let block: Block = {};

  const inVlan =
    (rule: (vlan: VlanBlock, match: RegExpExecArray, line: string) => Taken): NonNullable<LineRule['take']> =>
    (match, line) =>
      block.vlan ? rule(block.vlan, match, line) : false;
  const inInterface =
    (rule: (iface: InterfaceBlock, match: RegExpExecArray, line: string) => Taken): NonNullable<LineRule['take']> =>
    (match, line) =>
      block.iface ? rule(block.iface, match, line) : false;
  const inLag =
    (rule: (lag: LagBlock, match: RegExpExecArray) => Taken): NonNullable<LineRule['take']> =>
    (match) =>
      block.lag ? rule(block.lag, match) : false;
  const add = (ports: string[], text: string): Taken => {
    const listed = portList(text);
    if (listed === null) return false;
    ports.push(...listed);
  };

  config.unparsed = readLines(withoutPager(output), [
    {
      pattern: /^!/,
      take() {
        block = {};
      },
    },
    {
      pattern: /^\s?vlan (\d+)(?: name (\S.*?))?(?: by port)?$/,
      take([, id = '', name]) {
        const number = vlanId(id);
        block = {};
        if (number === null) return false;
        block.vlan = {
          vlan: number,
          name: name?.replace(/^"(.*)"$/, '$1') ?? null,
          untagged: [],
          notUntagged: [],
          tagged: [],
          foreign: [],
        };
        config.vlans.push(block.vlan);
      },
    },
    { pattern: /^\s+untagged (\S.*)$/, take: inVlan((vlan, [, text = '']) => add(vlan.untagged, text)) },
    { pattern: /^\s+no untagged (\S.*)$/, take: inVlan((vlan, [, text = '']) => add(vlan.notUntagged, text)) },
    { pattern: /^\s+tagged (\S.*)$/, take: inVlan((vlan, [, text = '']) => add(vlan.tagged, text)) },
    { pattern: FOREIGN_VLAN, take: inVlan((vlan, _match, line) => void vlan.foreign.push(line.trim())) },
    { pattern: KNOWN_VLAN, take: inVlan(() => undefined) },
    {
      pattern: /^\s?lag (?:".*"|\S+) (?:static|dynamic|keep-alive) id (\d{1,4})$/,
      take([, id = '']) {
        block = { lag: { lag: `lag${id}`, members: [], down: [] } };
        if (block.lag) config.lags.push(block.lag);
      },
    },
    { pattern: /^\s+ports (\S.*)$/, take: inLag((lag, [, text = '']) => add(lag.members, text)) },
    { pattern: /^\s+disable (e\S* .*)$/, take: inLag((lag, [, text = '']) => add(lag.down, text)) },
    { pattern: KNOWN_LAG, take: inLag(() => undefined) },
    {
      pattern: /^\s?interface (\S+ ?\S*(?: to \S+)?)$/,
      take([, text = '']) {
        const name = canonicalName(text);
        const ports = name === null ? portList(text) : [name];
        block = {};
        if (ports === null) return false;
        block.iface = { ports, adminUp: true, description: null, routed: false, dualMode: null, foreign: [] };
        config.interfaces.push(block.iface);
      },
    },
    {
      pattern: /^\s+port-name (\S.*)$/,
      take: inInterface((iface, [, text = '']) => {
        iface.description = text.replace(/^"(.*)"$/, '$1');
      }),
    },
    {
      pattern: /^\s+(disable|enable)$/,
      take: inInterface((iface, [, word]) => {
        iface.adminUp = word === 'enable';
      }),
    },
    {
      pattern: /^\s+dual-mode(?:\s+(\d+))?$/,
      take: inInterface((iface, [, id]) => {
        const vlan = id === undefined ? 'default' : vlanId(id);
        if (vlan === null) return false;
        iface.dualMode = vlan;
      }),
    },
    {
      pattern: /^\s+(?:route-only|(?:ip|ipv6) address \S.*)$/,
      take: inInterface((iface) => {
        iface.routed = true;
      }),
    },
    { pattern: FOREIGN_INTERFACE, take: inInterface((iface, _match, line) => void iface.foreign.push(line.trim())) },
    { pattern: KNOWN_INTERFACE, take: inInterface(() => undefined) },
    {
      // Not understood, and it may put the port into another VLAN.
      pattern: /^\s.*vlan/i,
      take: inInterface((iface, _match, line) => {
        iface.foreign.push(line.trim());
        return false;
      }),
    },
    {
      pattern: /^\s?ver (\S+)$/,
      take: ([, text]) => {
        config.release = text ?? null;
      },
    },
    { pattern: /^(?:Current configuration:|Building configuration\.*|end)$/ },
    ...NOISE,
  ]);
  return config;
}
