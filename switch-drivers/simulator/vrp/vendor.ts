import { interfaceNames } from '../cli/interface-names.ts';
import { wrongWord } from '../cli/line.ts';
import { done, type Outcome } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { factoryPort, type SimConfig, type SimPortConfig } from '../model/config.ts';
import { linkType } from '../vrp-family/configure-port.ts';
import { defaultName, printLists, readList } from '../vrp-family/list.ts';
import { interfaceBlocks, joined, listRows, vlanBlocks } from '../vrp-family/port-block.ts';
import type { Vendor } from '../vrp-family/vendor.ts';

const LAG = 'Eth-Trunk';
const LIST = 'port trunk allow-pass vlan';

/** The VRP of S switches and that of CloudEngine, as far as both are the same. */
export interface Release {
  software: string;
  factoryMode: SimPortConfig['mode'];
  enter: string;
  locked(user: string): string | null;
}

export function vrpVendor({ software, factoryMode, enter, locked }: Release): Vendor {
  return {
    names: interfaceNames([
      { name: '10GE', short: '10GE', least: 4 },
      { name: '40GE', short: '40GE', least: 4 },
      { name: 'GigabitEthernet', short: 'GE', least: 1 },
      { name: 'XGigabitEthernet', short: 'XGE', least: 1 },
      { name: LAG, short: LAG, least: 1 },
    ]),
    access: 'port default vlan',
    list: LIST,
    undoPvid: 'undo port trunk pvid vlan',
    factoryMode,
    lag: LAG,
    nameLength: 31,
    pvidExists: true,
    says: {
      enter,
      mark: 'Error: ',
      locked,
      noVlan: 'Error: The VLAN does not exist.',
      wrongType: 'Error: Please renew the default configurations.',
      tooMany: "Error: Too many parameters found at '^' position.",
      listTaken: 'Info: This operation may take a few seconds. Please wait for a moment...done.\n',
    },
    keepsType: (own) => (isDefault(own) ? null : 'Error: Please renew the default configurations.'),
    portCommands,
    systemCommands: (config) => [['vlan batch <list...>', ([text]) => makeVlans(config, text!)]],
    pagingOff: 'screen-length 0 temporary',
    configText: (config) => {
      const ids = Object.keys(config.vlans).map(Number);
      const others = ids.filter((id) => id !== 1);
      const blocks = joined([
        `sysname ${config.hostname}`,
        ...(others.length === 0
          ? []
          : [
              printLists(others)
                .map((list) => `vlan batch ${list}`)
                .join('\n'),
            ]),
        'lldp enable',
        ...vlanBlocks(config, false),
        'interface Vlanif1',
        ...portBlocks(config, factoryMode),
      ]);
      return `!Software Version ${software}\n${blocks}`;
    },
  };
}

export function portBlocks(config: Readonly<SimConfig>, factoryMode: SimPortConfig['mode']): string[] {
  return interfaceBlocks(config, LAG, (port) => settings(port, factoryMode));
}

/** Nothing of the link type was set: VLAN 1, on a trunk VLAN 1 alone. */
function isDefault({ mode, accessVlan, nativeVlan, allowed }: SimPortConfig): boolean {
  const fresh = mode !== 'trunk' || (allowed !== 'all' && allowed.length === 1 && allowed[0] === 1);
  return fresh && accessVlan === 1 && nativeVlan === 1;
}

function portCommands(target: Target, config: SimConfig): Row[] {
  const routed = (value: boolean): Outcome =>
    set(target, { ...factoryPort(), adminUp: target.own.adminUp, routed: value });
  return [
    ['portswitch', () => (target.own.routed ? routed(false) : done())],
    ['undo portswitch', () => (target.own.routed ? done() : routed(true))],
    ['eth-trunk <id>', ([id]) => join(config, target, id!)],
    ...negated(
      'eth-trunk',
      () => {
        keep(target, 'eth-trunk', null);
        return set(target, { lag: null });
      },
      'undo',
    ),
  ];
}

function join(config: SimConfig, target: Target, id: string): Outcome {
  const lag = `${LAG}${id}`;
  if (!config.ports[lag]) return wrongWord(1);
  if (!isDefault(target.own)) return done('Error: Please renew the default configurations.\n');
  keep(target, 'eth-trunk', `eth-trunk ${id}`);
  return set(target, { lag });
}

function makeVlans(config: SimConfig, text: string): Outcome {
  const ids = readList(text);
  if (ids === 'incomplete') return { kind: 'incomplete' };
  if (ids === 'too many') return done("Error: Too many parameters found at '^' position.\n");
  if ('wrong' in ids) return wrongWord(2 + ids.wrong);
  for (const id of ids) config.vlans[id] ??= { name: defaultName(id), active: true };
  return done('Info: This operation may take a few seconds. Please wait for a moment...done.\n');
}

function settings(port: SimPortConfig, factoryMode: SimPortConfig['mode']): string[] {
  const { description, routed, adminUp, extra } = port;
  return [
    ...(description === null ? [] : [`description ${description}`]),
    ...(routed ? ['undo portswitch'] : layer2(port, factoryMode)),
    ...(adminUp ? [] : ['shutdown']),
    ...extra,
  ];
}

/** VLAN 1 is never printed among a trunk's VLANs: only that it is not there. */
function layer2(port: SimPortConfig, factoryMode: SimPortConfig['mode']): string[] {
  const { mode, accessVlan, nativeVlan, allowed } = port;
  const type = linkType(port);
  const told = mode === factoryMode || type === 'hybrid' ? [] : [`port link-type ${type}`];
  if (mode !== 'trunk') return [...told, ...(accessVlan === 1 ? [] : [`port default vlan ${accessVlan}`])];
  const ids = allowed === 'all' ? [1] : allowed;
  return [
    ...told,
    ...(nativeVlan === 1 ? [] : [`port trunk pvid vlan ${nativeVlan}`]),
    ...listRows(
      LIST,
      ids,
      ids.filter((id) => id !== 1),
    ),
  ];
}
