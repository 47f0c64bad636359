import type { SetVarbind } from '../transports/snmp/errors.ts';
import {
  ADMIT_ALL,
  ADMIT_ONLY_VLAN_TAGGED,
  DISABLED,
  DOWN,
  ENABLED,
  FALSE,
  interfaces,
  qBridge,
  TRUE,
  UP,
} from '../transports/snmp/mib.ts';
import { type CliLine, line } from '../transports/ssh-cli/guard.ts';
import type { BridgePort, PortVlans } from './model.ts';

/** One bit of a PortList: the port is put on the list of the VLAN, or taken off it. */
export interface BitStep {
  list: 'dot1qVlanStaticEgressPorts' | 'dot1qVlanStaticUntaggedPorts';
  vlan: number;
  bridgePort: number;
  member: boolean;
}

/**
 * What goes out in one request. Agents that take its objects one after the other, against RFC 3416 section 4.2.5, or stop
 * in between are met by their order: each of them alone leads through nothing but old and new VLANs.
 */
export type Step = { kind: 'value'; varbind: SetVarbind } | { kind: 'bits'; bits: readonly BitStep[] };

/** What brings a port to what is wanted, in an order that is safe one by one; none where nothing differs. */
export function stepsTo(port: BridgePort, wanted: PortVlans): Step[] {
  const { bridgePort: p, ifIndex } = port;
  const admin = value(
    `${interfaces.ifAdminStatus}.${ifIndex}`,
    wanted.adminUp ? UP : DOWN,
    line`ifAdminStatus.${ifIndex}`,
    wanted.adminUp ? 'up' : 'down',
  );
  const changesAdmin = port.adminUp !== wanted.adminUp;
  return [
    ...(changesAdmin && !wanted.adminUp ? [admin] : []),
    // What shuts others out comes before any new VLAN, what lets them in behind all.
    ...guards(port, wanted, true),
    ...membership(port, wanted),
    ...(wanted.frames === 'all' && port.frames !== 'all' ? [frames(p, 'all')] : []),
    ...guards(port, wanted, false),
    ...(changesAdmin && wanted.adminUp ? [admin] : []),
  ];
}

/**
 * Does the way lead through something that a port which is up must not be? Then it is down for so long: agents have rules
 * of their own about the PVID and the last VLAN of a port, and put it into VLAN 1 in between.
 */
export function needsDown(port: BridgePort, wanted: PortVlans): boolean {
  const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join();
  const isEmptied = !same(port.egress, wanted.egress) && !port.egress.some((vlan) => wanted.egress.includes(vlan));
  return (
    isEmptied ||
    !same(port.untagged, wanted.untagged) ||
    (wanted.pvid !== null && wanted.pvid !== port.pvid) ||
    (wanted.frames !== null && wanted.frames !== port.frames)
  );
}

function guards(port: BridgePort, wanted: PortVlans, closing: boolean): Step[] {
  const { bridgePort: p } = port;
  const steps: Step[] = [];
  if (wanted.gvrp !== port.gvrp && wanted.gvrp !== closing) {
    const [status, word] = wanted.gvrp ? ([ENABLED, 'enabled'] as const) : ([DISABLED, 'disabled'] as const);
    steps.push(value(`${qBridge.dot1qPortGvrpStatus}.${p}`, status, line`dot1qPortGvrpStatus.${p}`, word));
  }
  if (wanted.filtering !== null && wanted.filtering !== port.filtering && wanted.filtering === closing) {
    const [truth, word] = wanted.filtering ? ([TRUE, 'true'] as const) : ([FALSE, 'false'] as const);
    steps.push(value(`${qBridge.dot1qPortIngressFiltering}.${p}`, truth, line`dot1qPortIngressFiltering.${p}`, word));
  }
  if (closing && wanted.frames === 'tagged' && port.frames !== 'tagged') steps.push(frames(p, 'tagged'));
  return steps;
}

/**
 * Untagged leaves first, since many agents take one untagged VLAN a port. Then a port that is down joins before it leaves,
 * so that it always is in some VLAN, and its PVID is one of them; one that is up leaves before it joins.
 */
function membership(port: BridgePort, wanted: PortVlans): Step[] {
  const { bridgePort, pvid } = port;
  const up = port.adminUp && wanted.adminUp && !needsDown(port, wanted);
  const bit = (list: BitStep['list'], vlan: number, member: boolean): BitStep => ({ list, vlan, bridgePort, member });
  const egressBit = (vlan: number, member: boolean) => bit('dot1qVlanStaticEgressPorts', vlan, member);
  const untaggedBit = (vlan: number, member: boolean) => bit('dot1qVlanStaticUntaggedPorts', vlan, member);

  const untag = port.untagged
    .filter((vlan) => !wanted.untagged.includes(vlan))
    .map((vlan) => bits(untaggedBit(vlan, false)));
  const joins = wanted.egress.flatMap((vlan) => {
    const joinsEgress = port.egress.includes(vlan) ? [] : [egressBit(vlan, true)];
    const leaves = wanted.untagged.includes(vlan);
    const isUntagged = port.untaggedBits.includes(vlan);
    if (joinsEgress.length === 0 && (leaves === isUntagged || (isUntagged && port.untagged.includes(vlan)))) return [];
    // Off the untagged list before it is on the egress list, and on it behind: so it is on both only where that is wanted.
    const before = isUntagged && !leaves ? [untaggedBit(vlan, false)] : [];
    const behind = leaves && !isUntagged ? [untaggedBit(vlan, true)] : [];
    return [bits(...before, ...joinsEgress, ...behind)];
  });
  const leaves = port.egress
    .filter((vlan) => !wanted.egress.includes(vlan))
    .map((vlan) => bits(egressBit(vlan, false)));
  const moves =
    wanted.pvid !== null && wanted.pvid !== pvid
      ? [
          value(
            `${qBridge.dot1qPvid}.${bridgePort}`,
            wanted.pvid,
            line`dot1qPvid.${bridgePort}`,
            `${wanted.pvid}`,
            'unsigned',
          ),
        ]
      : [];
  return up ? [...untag, ...leaves, ...joins, ...moves] : [...untag, ...joins, ...moves, ...leaves];
}

function bits(...all: BitStep[]): Step {
  return { kind: 'bits', bits: all };
}

function frames(p: number, wanted: 'all' | 'tagged'): Step {
  const [type, word] = wanted === 'all' ? [ADMIT_ALL, 'admitAll'] : [ADMIT_ONLY_VLAN_TAGGED, 'admitOnlyVlanTagged'];
  return value(`${qBridge.dot1qPortAcceptableFrameTypes}.${p}`, type, line`dot1qPortAcceptableFrameTypes.${p}`, word);
}

function value(
  oid: string,
  number: number,
  object: CliLine,
  word: string,
  type: 'integer' | 'unsigned' = 'integer',
): Step {
  return { kind: 'value', varbind: { oid, type, value: number, line: line`${object} = ${word}` } };
}

/** The step as people read it. */
export function linesOf(step: Step): string[] {
  return step.kind === 'value' ? [step.varbind.line] : step.bits.map(bitLine);
}

export function bitLine({ list, vlan, bridgePort, member }: BitStep): string {
  return member ? line`${list}.${vlan} += ${bridgePort}` : line`${list}.${vlan} -= ${bridgePort}`;
}
