import netSnmp from 'net-snmp';
import { qBridge } from '../../transports/snmp/mib.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { type MibObject, SetRefused } from './mib-tree.ts';
import { chosen, numbered, portAt } from './numbers.ts';
import { portVlans, type SimPortVlans, setPortVlans } from './port-vlans.ts';
import { gauge, integer, type MibValue } from './values.ts';

const FRAMES = { 1: 'admitAll', 2: 'admitOnlyVlanTagged' } as const;
const TRUTH = { 1: 'true', 2: 'false' } as const;
const STATUS = { 1: 'enabled', 2: 'disabled' } as const;

/** dot1qPortVlanTable of RFC 4363. GVRP is there and off, as switches come. */
export function portVlanObjects(model: SwitchModel): MibObject[] {
  const integerType = netSnmp.ObjectType.Integer ?? 0;
  const vlansOf = (portId: string) => portVlans(model.running.ports[portId]!, model.running);
  const column = (
    name: 'dot1qPvid' | 'dot1qPortAcceptableFrameTypes' | 'dot1qPortIngressFiltering' | 'dot1qPortGvrpStatus',
    cellOf: (vlans: SimPortVlans) => MibValue,
    wanted: (value: MibValue) => [word: string | number, change: Partial<SimPortVlans>],
  ): MibObject => ({
    oid: qBridge[name],
    cells: () =>
      numbered(model).map(({ portId, bridgePort }) => ({ index: [bridgePort], value: cellOf(vlansOf(portId)) })),
    set(index, value) {
      const portId = portAt(model, 'bridgePort', index);
      const [word, change] = wanted(value);
      return {
        line: `${name}.${index} = ${word}`,
        apply(config) {
          if (change.pvid !== undefined && !config.vlans[change.pvid]) throw new SetRefused('InconsistentValue');
          const port = config.ports[portId]!;
          setPortVlans(port, { ...portVlans(port, config), ...change });
        },
      };
    },
  });
  return [
    {
      oid: qBridge.dot1qGvrpStatus.replace(/\.0$/, ''),
      cells: () => [{ index: [0], value: integer(2) }],
    },
    column(
      'dot1qPvid',
      ({ pvid }) => gauge(pvid),
      ({ type, value }) => {
        // VlanIndex is Unsigned32.
        if (typeof value !== 'number' || type !== netSnmp.ObjectType.Gauge) throw new SetRefused('WrongType');
        if (value < 1 || value > 4094) throw new SetRefused('WrongValue');
        return [value, { pvid: value }];
      },
    ),
    column(
      'dot1qPortAcceptableFrameTypes',
      ({ taggedOnly }) => integer(taggedOnly ? 2 : 1),
      (value) => {
        const word = chosen(value, integerType, FRAMES);
        return [word, { taggedOnly: word === 'admitOnlyVlanTagged' }];
      },
    ),
    column(
      'dot1qPortIngressFiltering',
      ({ filtering }) => integer(filtering ? 1 : 2),
      (value) => {
        const word = chosen(value, integerType, TRUTH);
        return [word, { filtering: word === 'true' }];
      },
    ),
    column(
      'dot1qPortGvrpStatus',
      () => integer(1),
      (value) => [chosen(value, integerType, STATUS), {}],
    ),
  ];
}
