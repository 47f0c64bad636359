import { dotted } from '../cli/mac-text.ts';
import { naturalSort } from '../cli/sort.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { CommandTable } from '../cli/words.ts';
import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import type { ConfigSessionStore } from './config-sessions.ts';
import { shortName } from './interface-names.ts';
import { interfaceSection, runningConfig } from './running-config.ts';
import { dispatch, INVALID } from './words.ts';

const VERSION = '4.32.1F';
const MODEL = 'vEOS-lab';

/** One show command: its data as EOS's JSON has it, and its table where the simulator prints one. */
interface Answer {
  json: unknown;
  text?: () => string;
}

/** `show ...` with or without `| json`; EOS refuses the modifier on a command that has no data model. */
export function show(model: SwitchModel, sessions: ConfigSessionStore, words: readonly string[]): string {
  const bar = words.indexOf('|');
  const json = bar >= 0 && words.slice(bar + 1).join(' ') === 'json';
  if (bar >= 0 && !json) return INVALID;
  const answer = dispatch(table(model, sessions), bar < 0 ? words : words.slice(0, bar), (text) => text);
  if (typeof answer === 'string') return json ? INVALID : answer;
  if (json || !answer.text) return JSON.stringify(answer.json, null, 4);
  return answer.text();
}

function table(model: SwitchModel, sessions: ConfigSessionStore): CommandTable<Answer | string> {
  return [
    ['version', () => version(model)],
    ['hostname', () => ({ json: { hostname: model.running.hostname, fqdn: model.running.hostname } })],
    ['interfaces status', () => interfacesStatus(model)],
    ['interfaces switchport', () => ({ json: { switchports: switchports(model), sourceDetail: '' } })],
    ['vlan', () => vlans(model)],
    ['mac address-table', () => macTable(model)],
    ['lldp neighbors', () => ({ json: neighbors(model) })],
    ['lldp neighbors detail', () => ({ json: neighbors(model) })],
    ['configuration sessions', () => ({ json: sessions.listing() })],
    [
      'running-config',
      () =>
        `! Command: show running-config\n! device: ${model.running.hostname} (${MODEL}, EOS-${VERSION})\n!\n${runningConfig(model.running)}`,
    ],
    ['startup-config', () => runningConfig(model.startup)],
    ['running-config section interface', () => interfaceSection(model.running)],
  ];
}

function version(model: SwitchModel): Answer {
  return {
    json: {
      modelName: MODEL,
      version: VERSION,
      internalVersion: `${VERSION}-simulated`,
      systemMacAddress: model.chassisMac,
      hwMacAddress: model.chassisMac,
      serialNumber: '',
      architecture: 'x86_64',
    },
    text: () =>
      `Arista ${MODEL}\nHardware version: \nSerial number: \nHardware MAC address: ${dotted(model.chassisMac)}\nSystem MAC address: ${dotted(model.chassisMac)}\n\nSoftware image version: ${VERSION}\nArchitecture: x86_64`,
  };
}

function interfaces(model: SwitchModel): Array<[string, SimPortConfig]> {
  return Object.entries(model.running.ports).sort(([a], [b]) => naturalSort(a, b));
}

function linkStatus(model: SwitchModel, name: string, config: SimPortConfig): string {
  if (!config.adminUp) return 'disabled';
  if (model.portIds.includes(name)) return model.port(name).operUp ? 'connected' : 'notconnect';
  return model.portIds.some((id) => model.port(id).lag === name && model.port(id).operUp) ? 'connected' : 'notconnect';
}

function vlanInformation(config: SimPortConfig): Record<string, unknown> {
  if (config.lag !== null) {
    return {
      interfaceMode: 'dataLink',
      interfaceForwardingModel: 'dataLink',
      vlanExplanation: `in ${shortName(config.lag)}`,
    };
  }
  if (config.routed) return { interfaceMode: 'routed', interfaceForwardingModel: 'routed', vlanExplanation: 'routed' };
  if (config.mode === 'trunk') {
    return { interfaceMode: 'trunk', interfaceForwardingModel: 'bridged', vlanExplanation: 'trunk' };
  }
  return { interfaceMode: 'bridged', interfaceForwardingModel: 'bridged', vlanId: config.accessVlan };
}

function interfacesStatus(model: SwitchModel): Answer {
  const all = interfaces(model);
  return {
    json: {
      interfaceStatuses: Object.fromEntries(
        all.map(([name, config]) => [
          name,
          {
            linkStatus: linkStatus(model, name, config),
            lineProtocolStatus: linkStatus(model, name, config) === 'connected' ? 'up' : 'down',
            description: config.description ?? '',
            vlanInformation: vlanInformation(config),
            bandwidth: 10_000_000_000,
            duplex: 'duplexFull',
            autoNegotiateActive: false,
            interfaceType: '10GBASE-CR',
          },
        ]),
      ),
    },
    text: () =>
      [
        'Port       Name                 Status       Vlan     Duplex Speed  Type         Flags Encapsulation',
        ...all.map(([name, config]) => {
          const info = vlanInformation(config);
          return [
            shortName(name).padEnd(10),
            (config.description ?? '').slice(0, 20).padEnd(20),
            linkStatus(model, name, config).padEnd(12),
            String(info.vlanId ?? info.vlanExplanation).padEnd(8),
            'full   10G    10GBASE-CR',
          ].join(' ');
        }),
      ].join('\n'),
  };
}

function switchports(model: SwitchModel): Record<string, unknown> {
  return Object.fromEntries(
    interfaces(model)
      .filter(([, config]) => config.lag === null)
      .map(([name, config]) => [
        name,
        {
          enabled: !config.routed,
          switchportInfo: {
            mode: config.mode,
            macLearning: true,
            tpid: '0x8100',
            tpidStatus: true,
            accessVlanId: config.accessVlan,
            accessVlanName: model.running.vlans[config.accessVlan]?.name ?? 'Inactive',
            trunkingNativeVlanId: config.nativeVlan === 'tag' ? 1 : config.nativeVlan,
            trunkingNativeVlanName: 'default',
            trunkAllowedVlans: config.allowed === 'all' ? 'ALL' : vlanText(config.allowed) || 'NONE',
            dynamicAllowedVlans: {},
            staticTrunkGroups: [],
            dynamicTrunkGroups: [],
          },
        },
      ]),
  );
}

function vlans(model: SwitchModel): Answer {
  const members = (id: number) => model.portIds.filter((port) => model.port(port).operUp && carries(model, port, id));
  const all = Object.entries(model.running.vlans);
  return {
    json: {
      vlans: Object.fromEntries(
        all.map(([id, vlan]) => [
          id,
          {
            name: vlan.name,
            status: vlan.active ? 'active' : 'suspended',
            dynamic: false,
            interfaces: Object.fromEntries(members(Number(id)).map((port) => [port, { privatePromoted: false }])),
          },
        ]),
      ),
      sourceDetail: '',
    },
    text: () =>
      [
        'VLAN  Name                             Status    Ports',
        '----- -------------------------------- --------- -------------------------------',
        ...all.map(
          ([id, vlan]) =>
            `${id.padEnd(5)} ${vlan.name.padEnd(32)} ${(vlan.active ? 'active' : 'suspended').padEnd(9)} ${members(Number(id)).map(shortName).join(', ')}`,
        ),
      ].join('\n'),
  };
}

function carries(model: SwitchModel, port: string, vlan: number): boolean {
  const { untagged, tagged } = model.port(port);
  return untagged === vlan || tagged.includes(vlan);
}

function macTable(model: SwitchModel): Answer {
  const entries = model.macTable();
  return {
    json: {
      unicastTable: {
        tableEntries: entries.map(({ vlan, mac, portId }) => ({
          vlanId: vlan,
          macAddress: mac,
          interface: portId,
          entryType: 'dynamic',
          moves: 1,
          lastMove: 0,
        })),
      },
      multicastTable: { tableEntries: [] },
      disabledMacLearningVlans: [],
    },
    text: () =>
      [
        '          Mac Address Table',
        '------------------------------------------------------------------',
        '',
        'Vlan    Mac Address       Type        Ports      Moves   Last Move',
        '----    -----------       ----        -----      -----   ---------',
        ...entries.map(
          ({ vlan, mac, portId }) =>
            `${String(vlan).padStart(4)}    ${dotted(mac)}    DYNAMIC     ${shortName(portId)}`,
        ),
        `Total Mac Addresses for this criterion: ${entries.length}`,
      ].join('\n'),
  };
}

const CHASSIS_TYPES = [
  '',
  'chassisComponent',
  'interfaceAlias',
  'portComponent',
  'macAddress',
  'networkAddress',
  'interfaceName',
  'locallyAssigned',
];
const PORT_TYPES = [
  '',
  'interfaceAlias',
  'portComponent',
  'macAddress',
  'networkAddress',
  'interfaceName',
  'agentCircuitId',
  'locallyAssigned',
];

function neighbors(model: SwitchModel): unknown {
  const heard = model.neighbors();
  return {
    lldpNeighbors: Object.fromEntries(
      model.portIds.map((port) => [
        port,
        {
          lldpNeighborInfo: heard
            .filter(({ portId }) => portId === port)
            .map((neighbor) => {
              const portIsMac = neighbor.portIdSubtype === 3;
              return {
                chassisIdType: CHASSIS_TYPES[neighbor.chassisIdSubtype] ?? 'chassisIdUnknown',
                chassisId: neighbor.chassisIdSubtype === 4 ? dotted(neighbor.chassisId) : neighbor.chassisId,
                systemName: neighbor.systemName ?? '',
                ttl: neighbor.ttl,
                neighborInterfaceInfo: {
                  interfaceIdType: PORT_TYPES[neighbor.portIdSubtype] ?? 'portIdUnknown',
                  // EOS quotes every id but a MAC address here.
                  interfaceId: portIsMac ? dotted(neighbor.remotePortId) : `"${neighbor.remotePortId}"`,
                  interfaceId_v2: portIsMac ? dotted(neighbor.remotePortId) : neighbor.remotePortId,
                },
              };
            }),
        },
      ]),
    ),
  };
}
