import netSnmp from 'net-snmp';
import { qBridge } from '../../transports/snmp/mib.ts';
import { hasPort, portList, portsIn } from '../../transports/snmp/port-list.ts';
import type { SimConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { type Cell, type Edit, type MibObject, SetRefused } from './mib-tree.ts';
import { chosen, numbered, octetsIn } from './numbers.ts';
import { portVlans, setPortVlans } from './port-vlans.ts';
import { gauge, integer, type MibValue, type Oid, octets, text } from './values.ts';

const ROW_STATUS = { 1: 'active', 4: 'createAndGo', 6: 'destroy' } as const;
/** Filtering databases count otherwise than VLANs, as dot1qFdbId may. */
const FDB = 5000;

type Lists = 'egress' | 'untagged';

/** dot1qVlanStaticTable and dot1qVlanCurrentTable of RFC 4363, one filtering database a VLAN. */
export function vlanObjects(model: SwitchModel): MibObject[] {
  const rows = (oid: string, cellsOf: () => (vlan: number) => MibValue, ...mark: number[]): MibObject => ({
    oid,
    cells: (): Cell[] => {
      const cellOf = cellsOf();
      return Object.keys(model.running.vlans).map((vlan) => ({
        index: [...mark, Number(vlan)],
        value: cellOf(Number(vlan)),
      }));
    },
  });
  const perVlan = (oid: string, cellOf: (vlan: number) => MibValue, ...mark: number[]) =>
    rows(oid, () => cellOf, ...mark);
  const members = (list: Lists) => () => {
    const { running } = model;
    const ports = numbered(model).map(({ portId, bridgePort }) => ({
      bridgePort,
      vlans: portVlans(running.ports[portId]!, running)[list],
    }));
    return (vlan: number) => {
      const inside = ports.filter(({ vlans }) => vlans.includes(vlan)).map(({ bridgePort }) => bridgePort);
      return octets(portList(inside, Math.ceil(ports.length / 8)));
    };
  };
  const list = (name: 'dot1qVlanStaticEgressPorts' | 'dot1qVlanStaticUntaggedPorts', which: Lists): MibObject => ({
    ...rows(qBridge[name], members(which)),
    set: (index, value) => listEdit(model, name, which, vlanAt(index), octetsIn(value)),
  });
  return [
    perVlan(qBridge.dot1qVlanFdbId, (vlan) => gauge(FDB + vlan), 0),
    rows(qBridge.dot1qVlanCurrentEgressPorts, members('egress'), 0),
    {
      ...perVlan(qBridge.dot1qVlanStaticName, (vlan) => text(model.running.vlans[vlan]?.name ?? '')),
      set(index, value) {
        const vlan = vlanAt(index);
        const name = octetsIn(value);
        if (name.length > 32) throw new SetRefused('WrongLength');
        return {
          line: `dot1qVlanStaticName.${vlan} = ${name}`,
          apply: ({ vlans }) => {
            const row = vlans[vlan];
            if (!row) throw new SetRefused('InconsistentName');
            row.name = name.toString();
          },
        };
      },
    },
    list('dot1qVlanStaticEgressPorts', 'egress'),
    perVlan(qBridge.dot1qVlanForbiddenEgressPorts, () => octets(Buffer.alloc(Math.ceil(model.portIds.length / 8)))),
    list('dot1qVlanStaticUntaggedPorts', 'untagged'),
    {
      ...perVlan(qBridge.dot1qVlanStaticRowStatus, (vlan) => integer(model.running.vlans[vlan]?.active ? 1 : 2)),
      set: (index, value) => rowEdit(vlanAt(index), value),
    },
  ];
}

/** dot1qFdbId of a VLAN. */
export const databaseOf = (vlan: number): number => FDB + vlan;

function vlanAt(index: Oid): number {
  const [vlan = 0, ...rest] = index;
  if (rest.length > 0 || vlan < 1 || vlan > 4094) throw new SetRefused('NoCreation');
  return vlan;
}

/** The whole list is written; the log tells the bits that change. */
function listEdit(model: SwitchModel, name: string, which: Lists, vlan: number, wanted: Buffer): Edit {
  const ports = numbered(model);
  if (wanted.length !== Math.ceil(ports.length / 8)) throw new SetRefused('WrongLength');
  if (portsIn(wanted).some((port) => port > ports.length)) throw new SetRefused('WrongValue');
  const changed = ports.filter(({ portId, bridgePort }) => {
    const now = portVlans(model.running.ports[portId]!, model.running)[which].includes(vlan);
    return now !== hasPort(wanted, bridgePort);
  });
  const words = (sign: string, member: boolean) => {
    const some = changed.filter(({ bridgePort }) => hasPort(wanted, bridgePort) === member);
    return some.length === 0 ? [] : [`${sign}= ${some.map(({ bridgePort }) => bridgePort).join(',')}`];
  };
  const line = `${name}.${vlan} ${[...words('+', true), ...words('-', false)].join(' ') || 'as it is'}`;
  return {
    line,
    apply(config: SimConfig) {
      if (!config.vlans[vlan]) throw new SetRefused('InconsistentName');
      for (const { portId, bridgePort } of changed) {
        const port = config.ports[portId]!;
        const vlans = portVlans(port, config);
        const others = vlans[which].filter((member) => member !== vlan);
        setPortVlans(port, { ...vlans, [which]: hasPort(wanted, bridgePort) ? [...others, vlan] : others });
      }
    },
  };
}

function rowEdit(vlan: number, value: MibValue): Edit {
  const word = chosen(value, netSnmp.ObjectType.Integer ?? 0, ROW_STATUS);
  return {
    line: `dot1qVlanStaticRowStatus.${vlan} = ${word}`,
    apply({ vlans, ports }: SimConfig) {
      const row = vlans[vlan];
      // RFC 2579, RowStatus: what exists cannot be created.
      if (word === 'createAndGo') {
        if (row) throw new SetRefused('InconsistentValue');
        vlans[vlan] = { name: '', active: true };
        return;
      }
      if (!row) throw new SetRefused('InconsistentValue');
      if (word === 'active') {
        row.active = true;
        return;
      }
      const isUsed = Object.values(ports).some((port) => portVlans(port, { vlans }).pvid === vlan);
      if (vlan === 1 || isUsed) throw new SetRefused('InconsistentValue');
      delete vlans[vlan];
    },
  };
}
