import { parseVlanList } from '../../transports/ssh-cli/parse.ts';
import { type LineRule, readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { FOREIGN, KNOWN } from './config-settings.ts';
import { NOISE, type Taken, vlanId, withoutPager } from './noise.ts';

export interface PortBlock {
  portId: string;
  /** Null: the configuration says nothing of it. */
  shutdown: boolean | null;
  description: string | null;
  mtu: number | null;
  lag: string | null;
  routed: boolean;
  /** The port is a layer 2 one: by attribute, or because the VLAN part names it. */
  switching: boolean;
  mode: string | null;
  access: number | null;
  native: number | null;
  tagged: number[];
  untagged: number[];
  foreign: string[];
  /** Every setting that is understood, without its indent. */
  lines: string[];
}

export interface Config {
  ports: Map<string, PortBlock>;
  vlans: Map<number, string | null>;
  unparsed: string[];
}

/**
 * Reads `show running-config-interface` and `show running-config switchvlan`. ROS has everything of a port in one
 * block; ZXROS has a part per feature, each between `!<name>` and `!</name>`, in which blocks end with `$`.
 */
export function readConfig(output: string): Config {
  const config: Config = { ports: new Map(), vlans: new Map(), unparsed: [] };
  let port: PortBlock | null = null;
  let vlan: number | null = null;
  let section = '';
  const end = (): undefined => {
    port = null;
    vlan = null;
  };
  const atPort = (pattern: RegExp, take: (port: PortBlock, text: string, line: string) => Taken): LineRule => ({
    pattern,
    take([, text = ''], line) {
      if (port === null || take(port, text, line) === false) return false;
      port.lines.push(line.trim());
    },
  });
  const vlanAt = (pattern: RegExp, set: (port: PortBlock, vlan: number) => void) =>
    atPort(pattern, (block, text) => {
      const id = vlanId(text);
      if (id === null) return false;
      block.switching = true;
      set(block, id);
    });
  const listAt = (pattern: RegExp, list: 'tagged' | 'untagged') =>
    atPort(pattern, (block, text) => {
      const ids = parseVlanList(
        text
          .trim()
          .replace(/\s+to\s+/g, '-')
          .replace(/\s+/g, ','),
      );
      if (ids === null) return false;
      block.switching = true;
      block[list].push(...ids);
    });

  config.unparsed = readLines(withoutPager(output), [
    { pattern: /^\s*(?:\$|!|end|exit)$/, take: end },
    {
      pattern: /^\s*!<(\/?)([\w-]{1,64})>$/,
      take([, slash, name = '']) {
        end();
        section = slash ? '' : name;
      },
    },
    {
      pattern: /^\s*(?:switchvlan-configuration|lacp)$/,
      take: ([text]) => {
        section = text.trim();
      },
    },
    {
      pattern: /^\s*interface\s+(\S+)$/,
      take([, name = '']) {
        end();
        const portId = canonicalName(name);
        if (portId === null) return false;
        port = config.ports.get(portId) ?? emptyBlock(portId);
        if (section.startsWith('switchvlan')) port.switching = true;
        config.ports.set(portId, port);
      },
    },
    {
      pattern: /^\s*vlan (?:list )?(\d[\d,-]*)$/,
      take([, text = '']) {
        const ids = parseVlanList(text);
        end();
        if (ids === null) return false;
        for (const id of ids) config.vlans.set(id, config.vlans.get(id) ?? null);
        vlan = ids.length === 1 ? (ids[0] ?? null) : null;
      },
    },
    {
      pattern: /^\s*name (\S.*)$/,
      take: ([, name = '']) => (vlan === null ? false : void config.vlans.set(vlan, name)),
    },
    atPort(/^\s*description\s*(.*)$/, (block, text) => {
      block.description = text || null;
    }),
    atPort(/^\s*(no )?shutdown$/, (block, no) => {
      block.shutdown = no === '';
    }),
    atPort(/^\s*mtu (\d{1,5})$/, (block, text) => {
      block.mtu = Number(text);
    }),
    atPort(/^\s*switch attribute (enable|disable)$/, (block, word) => {
      block.switching = word === 'enable';
      block.routed = word === 'disable';
    }),
    atPort(/^\s*(?:port attribute (layer3)|no switchport|(?:ip|ipv6) address \S.*)$/, (block) => {
      block.routed = true;
    }),
    atPort(/^\s*port attribute layer2$/, (block) => {
      block.switching = true;
    }),
    atPort(/^\s*smartgroup (\d{1,4}) mode (?:active|passive|on|802\.3ad)$/, (block, id) => {
      block.lag = `smartgroup${id}`;
    }),
    atPort(/^\s*switchport mode (access|trunk|hybrid)$/, (block, mode) => {
      block.switching = true;
      block.mode = mode;
    }),
    vlanAt(/^\s*switchport access vlan (\d+)$/, (block, id) => {
      block.access = id;
    }),
    vlanAt(/^\s*switchport (?:trunk|hybrid) native vlan (\d+)$/, (block, id) => {
      block.native = id;
    }),
    listAt(/^\s*switchport trunk vlan (\d[\d,\sto-]*)$/, 'tagged'),
    listAt(/^\s*switchport hybrid vlan (\d[\d,\sto-]*) tag$/, 'tagged'),
    listAt(/^\s*switchport hybrid vlan (\d[\d,\sto-]*) untag$/, 'untagged'),
    atPort(FOREIGN, (block, _text, line) => void block.foreign.push(line.trim())),
    atPort(KNOWN, () => undefined),
    // Not understood, and it may put the port into another VLAN.
    atPort(/vlan|switchport/, (block, _text, line) => {
      block.foreign.push(line.trim());
      return false;
    }),
    { pattern: /^\s*Building configuration\.*$/ },
    ...NOISE,
  ]);
  return config;
}

function emptyBlock(portId: string): PortBlock {
  return {
    portId,
    shutdown: null,
    description: null,
    mtu: null,
    lag: null,
    routed: false,
    switching: false,
    mode: null,
    access: null,
    native: null,
    tagged: [],
    untagged: [],
    foreign: [],
    lines: [],
  };
}
