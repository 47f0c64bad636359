// A complete driver for a switch whose command line is like Cisco's. docs/writing-a-driver.md walks through it.
import {
  blocksOf,
  type CliDialect,
  cliDriver,
  defineDriver,
  line,
  macsFrom,
  neighborsFrom,
  normalizeMac,
  outputReader,
  type Parsed,
  parseVlanList,
  type PortRow,
  portTable,
  readLines,
  sshOptions,
  switchportOrder,
  type VlanRow,
} from 'switchyard/switch-drivers';

// 1. How the command line looks: its modes by their prompts, and what a refusal looks like.
const dialect: CliDialect = {
  modes: [
    { name: 'block', prompt: /^(?<host>[^\s()#>]+)\(config-[^()\s]+\)#$/, leave: 'exit' },
    {
      name: 'config',
      prompt: /^(?<host>[^\s()#>]+)\(config\)#$/,
      enter: { from: 'privileged', line: 'configure terminal' },
      leave: 'end',
    },
    {
      name: 'privileged',
      prompt: /^(?<host>[^\s()#>]+)#$/,
      enter: { from: 'user', line: 'enable', password: /^Password: ?$/ },
    },
    { name: 'user', prompt: /^(?<host>[^\s()#>]+)>$/ },
  ],
  home: 'privileged',
  setup: ['terminal length 0', 'terminal width 0'],
  failures: [/^% ?(?!Access VLAN does not exist\. Creating)/, /^Command rejected/],
};

// 2. Names: every output must give a port the same one. A port that is not in this list does not exist for us.
const TYPES: Record<string, string> = { Gi: 'GigabitEthernet', Te: 'TenGigabitEthernet', Po: 'Port-channel' };

function portName(text: string): string | null {
  const [, type = '', number = ''] = /^([A-Za-z-]+)(\d+(?:\/\d+)*)$/.exec(text.trim()) ?? [];
  const long = TYPES[type] ?? Object.values(TYPES).find((name) => name === type);
  return long === undefined ? null : `${long}${number}`;
}

// 3. Readers: one for each command, rows out, and every line that no rule knows under `unparsed`.
const vlans = outputReader({
  kind: 'vlans',
  command: /^show vlan brief$/,
  read(output) {
    const rows: VlanRow[] = [];
    const unparsed = readLines(output, [
      {
        pattern: /^(\d{1,4}) +(\S+) +(active|suspended|act\/unsup)\b/,
        take: ([, id, name = null, state]) => {
          if (state !== 'act/unsup') rows.push({ vlan: Number(id), name, active: state === 'active', ports: null });
        },
      },
      { pattern: /^(?:VLAN Name|-{4} | {40,})/ },
    ]);
    return { rows, unparsed };
  },
});

const status = outputReader({
  kind: 'ports',
  command: /^show interfaces status$/,
  read(output) {
    const rows: PortRow[] = [];
    const unparsed = readLines(output, [
      { pattern: /^Port +Name +Status/ },
      {
        pattern: /^(\S+) .* (connected|notconnect|disabled|inactive|err-disabled) +(?:\d+|trunk|routed) /,
        take: ([, port = '', state]) => {
          const portId = portName(port);
          if (portId === null) return false;
          rows.push({ ...silent(portId), operUp: state === 'connected', mode: null, untagged: null, tagged: null });
        },
      },
    ]);
    return { rows, unparsed };
  },
});

/** A port of which the configuration says nothing. */
function silent(portId: string): PortRow {
  const nothing = { lag: null, description: null, mtu: null };
  return { portId, adminUp: true, operUp: null, mode: 'access', untagged: 1, tagged: [], ...nothing };
}

/** Whatever may put frames of a port into a VLAN; 802.1X is among it. */
const MEMBERSHIP = /\b(?:switchport|vlan|service|dot1x|mab|authentication|access-session|bridge)\b/;

// What a port is configured to be. Lines about layer 2 that are not among these make the port foreign: never written.
const CONFIG = 'show running-config | section ^interface';

function readConfig(output: string) {
  const blocks = blocksOf(output, /^interface (\S+)/, portName);
  const foreign = new Map<string, string[]>();
  const rows = [...blocks].map(([portId, lines]) => {
    const value = (words: string) => lines.find((text) => text.startsWith(`${words} `))?.slice(words.length + 1);
    const list = lines.filter((text) => text.startsWith('switchport trunk allowed vlan ')).map(allowed);
    const unknown = lines.filter((text) => MEMBERSHIP.test(text) && !KNOWN.test(text));
    if (unknown.length > 0) foreign.set(portId, unknown);
    const native = Number(value('switchport trunk native vlan') ?? 1);
    const tagged = list.length === 0 ? ('all' as const) : list.includes(null) ? null : list.flatMap((ids) => ids ?? []);
    const base = { ...silent(portId), adminUp: !lines.includes('shutdown'), lag: value('channel-group') ?? null };
    if (lines.includes('no switchport')) return { ...base, mode: 'routed' as const };
    if (lines.includes('switchport mode access')) {
      return { ...base, untagged: Number(value('switchport access vlan') ?? 1) };
    }
    // Without a fixed mode it may become a trunk of all VLANs: it is read as that, so that it gets one.
    const untagged = tagged === 'all' || tagged?.includes(native) ? native : null;
    return { ...base, mode: 'trunk' as const, untagged, tagged };
  });
  return { config: { rows, unparsed: [] } satisfies Parsed<PortRow>, foreign, blocks };
}

const KNOWN =
  /^(?:description .*|switchport(?: (?:mode (?:access|trunk)|access vlan \d+|trunk (?:native|allowed) vlan \S+(?: \S+)?|nonegotiate))?)$/;

function allowed(text: string): number[] | null {
  const value = text.replace(/^switchport trunk allowed vlan (?:add )?/, '');
  return value === 'none' ? [] : parseVlanList(value);
}

const neighbors = outputReader({
  kind: 'neighbors',
  command: /^show lldp neighbors detail$/,
  read(output) {
    const rows = output.split(/^-{20,}$/m).flatMap((block) => {
      const said = (name: string) => new RegExp(`^${name}: *(\\S.*)$`, 'm').exec(block)?.[1]?.trim() ?? null;
      const [portId, chassis, port] = [portName(said('Local Intf') ?? ''), said('Chassis id'), said('Port id')];
      if (portId === null || chassis === null) return [];
      return {
        portId,
        chassisIdSubtype: null,
        chassisId: normalizeMac(chassis) ?? chassis,
        portIdSubtype: null,
        remotePortId: normalizeMac(port ?? '') ?? port,
        portDescription: said('Port Description'),
        systemName: said('System Name'),
        systemDescription: null,
        managementAddresses: [],
      };
    });
    return { rows, unparsed: [] };
  },
});

const macs = outputReader({
  kind: 'macs',
  command: /^show mac address-table dynamic$/,
  read(output) {
    const rows = [...output.matchAll(/^ *(\d{1,4}) +([0-9a-f.]{14}) +DYNAMIC +(\S+)$/gm)].flatMap((match) => {
      const [mac, portId] = [normalizeMac(match[2] ?? ''), portName(match[3] ?? '')];
      return mac === null || portId === null ? [] : { mac, vlan: Number(match[1]), portId, kind: 'dynamic' as const };
    });
    return { rows, unparsed: [] };
  },
});

// 4. The platform: what it can, how it is read, and how it is changed.
export default defineDriver(
  cliDriver({
    platform: 'example',
    title: 'An example: a switch like Cisco IOS',
    capabilities: {
      modes: ['access', 'trunk'],
      vlanMustExist: true,
      atomic: 'ordered',
      hasStartupConfig: true,
      lag: 'existing',
      vxlan: 'none',
      maxSessions: 5,
      neighbors: true,
      macTable: true,
    },
    options: sshOptions,
    dialect,
    aliases: () => [],
    description: {
      commands: ['show version'],
      read: ([output = '']) => ({
        model: /^Model Number +: (\S+)/m.exec(output)?.[1] ?? null,
        version: /Version ([^\s,]+)/.exec(output)?.[1] ?? null,
        hostname: /^(\S+) uptime is /m.exec(output)?.[1] ?? null,
        chassisIds: [normalizeMac(/^Base Ethernet MAC Address +: (\S+)/m.exec(output)?.[1] ?? '')].flatMap((mac) => mac ?? []),
      }),
    },
    ports: {
      commands: ['show interfaces status', 'show vlan brief', CONFIG],
      read: ([ports = '', table = '', config = '']) =>
        portTable({
          ...readConfig(config),
          status: status.read(ports),
          vlans: vlans.read(table),
          isSwitchPort: (portId) => /^(?:Ten)?GigabitEthernet\d+\/\d+\/\d+$/.test(portId),
        }),
    },
    neighbors: neighborsFrom('show lldp neighbors detail', neighbors),
    macTable: macsFrom('show mac address-table dynamic', macs),
    outputs: [vlans, status, neighbors, macs],
    order: switchportOrder({
      reserved: [[1002, 1005, 'kept for FDDI and Token Ring']],
      vlanUp: [line`state active`],
      accessIsDefault: false,
      listLength: 200,
    }),
    save: { lines: [line`write memory`], timeoutMs: 180_000, done: /\[OK\]/ },
  }),
);
