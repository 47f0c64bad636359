import { interfaceNames } from '../cli/interface-names.ts';
import { wrongWord } from '../cli/line.ts';
import { done, type Outcome } from '../cli/scene.ts';
import { keep, negated, type Row, set, type Target } from '../cli/target.ts';
import { factoryPort, type SimConfig, type SimPortConfig } from '../model/config.ts';
import { linkType } from '../vrp-family/configure-port.ts';
import { defaultName, vlanId } from '../vrp-family/list.ts';
import { interfaceBlocks, joined, listRows, vlanBlocks } from '../vrp-family/port-block.ts';
import type { Vendor } from '../vrp-family/vendor.ts';

const LAG = 'Bridge-Aggregation';
const MEMBER = 'port link-aggregation group';
const LIST = 'port trunk permit vlan';

/** H3C S6800 and HPE 5900, Comware 7. */
export const comware: Vendor = {
  names: interfaceNames([
    { name: 'Ten-GigabitEthernet', short: 'XGE', least: 1 },
    { name: 'GigabitEthernet', short: 'GE', least: 1 },
    { name: 'FortyGigE', short: 'FGE', least: 1 },
    { name: LAG, short: 'BAGG', least: 1 },
  ]),
  access: 'port access vlan',
  list: LIST,
  undoPvid: 'undo port trunk pvid',
  factoryMode: 'access',
  lag: LAG,
  nameLength: 32,
  pvidExists: false,
  says: {
    enter: 'System View: return to User View with Ctrl+Z.\n',
    mark: ' % ',
    locked: (user) => `The configuration is locked by user ${user}.\n`,
    noVlan: 'The VLAN does not exist.',
    wrongType: 'Error: The link type of the port does not allow this.',
    tooMany: " % Too many parameters found at '^' position.",
    listTaken: '',
  },
  keepsType(own, type) {
    const others = [linkType(own), type];
    const refused = others.includes('hybrid') && others.includes('trunk');
    return refused ? 'Error: Please set the link type of the port to access first.' : null;
  },
  portCommands: (target, config) => portCommands(config, target),
  systemCommands: (config) => [['vlan <first> to <last>', ([first, last]) => makeVlans(config, first!, last!)]],
  pagingOff: 'screen-length disable',
  configText: (config) =>
    joined([
      ' version 7.1.070, Release 2612P01',
      ` sysname ${config.hostname}`,
      ' lldp global enable',
      ...vlanBlocks(config, true),
      ...portBlocks(config),
    ]),
};

export function portBlocks(config: Readonly<SimConfig>): string[] {
  return interfaceBlocks(config, LAG, settings);
}

function portCommands(config: SimConfig, target: Target): Row[] {
  const linkMode = (routed: boolean): Outcome => {
    if (target.own.routed === routed) return done();
    // All that was set goes with the layer.
    return set(target, { ...factoryPort(), adminUp: target.own.adminUp, routed });
  };
  return [
    ['port link-mode bridge', () => linkMode(false)],
    ['port link-mode route', () => linkMode(true)],
    [`${MEMBER} <id>`, ([id]) => join(config, target, id!)],
    ...negated(
      MEMBER,
      () => {
        keep(target, MEMBER, null);
        return set(target, { lag: null });
      },
      'undo',
    ),
  ];
}

/** The aggregate interface has to be there. */
function join(config: SimConfig, target: Target, id: string): Outcome {
  const lag = `${LAG}${id}`;
  if (!config.ports[lag]) return wrongWord(3);
  keep(target, MEMBER, `${MEMBER} ${id}`);
  return set(target, { lag });
}

function makeVlans(config: SimConfig, firstText: string, lastText: string): Outcome {
  const [first, last] = [vlanId(firstText), vlanId(lastText)];
  if (first === null) return wrongWord(1);
  if (last === null || last < first) return wrongWord(3);
  for (let id = first; id <= last; id += 1) config.vlans[id] ??= { name: defaultName(id), active: true };
  return done();
}

function settings(port: SimPortConfig): string[] {
  const { description, routed, adminUp, extra } = port;
  return [
    `port link-mode ${routed ? 'route' : 'bridge'}`,
    ...(description === null ? [] : [`description ${description}`]),
    ...(routed ? [] : layer2(port)),
    ...(adminUp ? [] : ['shutdown']),
    ...extra,
  ];
}

/** VLAN 1 stands in the list of a trunk that permits others, too. */
function layer2({ mode, accessVlan, nativeVlan, allowed }: SimPortConfig): string[] {
  if (mode !== 'trunk') return accessVlan === 1 ? [] : [`port access vlan ${accessVlan}`];
  const ids = allowed === 'all' ? [] : allowed;
  const onlyFirst = ids.length === 1 && ids[0] === 1;
  const everything = allowed === 'all' || ids.length === 4094;
  return [
    'port link-type trunk',
    ...(everything ? [`${LIST} all`] : listRows(LIST, ids, onlyFirst ? [] : ids)),
    ...(nativeVlan === 1 ? [] : [`port trunk pvid vlan ${nativeVlan}`]),
  ];
}
