import { expect, test } from 'vitest';
import type { BridgePort, BridgeTables } from '../../../switch-drivers/snmp-qbridge/model.ts';
import { afterStage, stagesTo, stepsOfStage } from '../../../switch-drivers/snmp-qbridge/plan.ts';
import { linesOf } from '../../../switch-drivers/snmp-qbridge/steps.ts';
import { wantedVlans } from '../../../switch-drivers/snmp-qbridge/wanted.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { portWith, vlans } from './port.ts';

const access = (untagged: number, adminUp = true): PortSettings => ({ adminUp, mode: 'access', untagged, tagged: [] });
const trunk = (untagged: number | null, ...tagged: number[]): PortSettings => ({
  adminUp: true,
  mode: 'trunk',
  untagged,
  tagged,
});

/** Requests in their order, the objects of one joined by `&`; `|` where the port is read back. */
function requests(port: BridgePort, settings: PortSettings): string[] {
  let tables: BridgeTables = { ports: new Map([[port.portId, port]]), vlans, listLength: 1 };
  const seen: string[] = [];
  const wanted = wantedVlans(port, settings, vlans, false);
  for (const stage of stagesTo(tables, new Map([[port.portId, wanted]]))) {
    if (seen.length > 0) seen.push('|');
    seen.push(...stepsOfStage(tables, stage).map((step) => linesOf(step).join(' & ')));
    tables = afterStage(tables, stage);
  }
  return seen;
}

test('from VLAN to VLAN: down, out of the old one as untagged, in, PVID, out, up', () => {
  expect(requests(portWith(), access(20))).toEqual([
    'ifAdminStatus.1005 = down',
    '|',
    'dot1qVlanStaticUntaggedPorts.10 -= 5',
    'dot1qVlanStaticEgressPorts.20 += 5 & dot1qVlanStaticUntaggedPorts.20 += 5',
    'dot1qPvid.5 = 20',
    'dot1qVlanStaticEgressPorts.10 -= 5',
    '|',
    'ifAdminStatus.1005 = up',
  ]);
});

test('nothing is sent to a port that is as wanted', () => {
  expect(requests(portWith(), access(10))).toEqual([]);
});

test('a trunk changes its tagged VLANs while it is up, leaving before it joins', () => {
  const port = portWith({ egress: [10, 20] });
  expect(requests(port, trunk(10, 30))).toEqual([
    'dot1qVlanStaticEgressPorts.20 -= 5',
    'dot1qVlanStaticEgressPorts.30 += 5',
  ]);
});

test('a trunk that would be in no VLAN in between goes down', () => {
  const port = portWith({ pvid: 1, egress: [10], untagged: [], frames: 'tagged' });
  expect(requests(port, trunk(null, 20))).toEqual([
    'ifAdminStatus.1005 = down',
    '|',
    'dot1qVlanStaticEgressPorts.20 += 5',
    'dot1qVlanStaticEgressPorts.10 -= 5',
    '|',
    'ifAdminStatus.1005 = up',
  ]);
});

test('untagged frames are shut out before the VLANs change, and let in behind', () => {
  expect(requests(portWith({ adminUp: false }), { ...trunk(null, 10, 20), adminUp: false })).toEqual([
    'dot1qPortAcceptableFrameTypes.5 = admitOnlyVlanTagged',
    'dot1qVlanStaticUntaggedPorts.10 -= 5',
    'dot1qVlanStaticEgressPorts.20 += 5',
  ]);
  const tagged = portWith({ adminUp: false, egress: [20], untagged: [], frames: 'tagged' });
  expect(requests(tagged, access(10, false)).at(-1)).toBe('dot1qPortAcceptableFrameTypes.5 = admitAll');
});

test('an agent that cannot refuse untagged frames gives them a VLAN that the port is not in', () => {
  const port = portWith({ adminUp: false, frames: null });
  expect(requests(port, { ...trunk(null, 10), adminUp: false })).toEqual([
    'dot1qVlanStaticUntaggedPorts.10 -= 5',
    'dot1qPvid.5 = 1',
  ]);
});

test('a factory port is closed before it gets anything', () => {
  const factory = portWith({ pvid: 1, egress: [1], untagged: [1], filtering: false, gvrp: true });
  expect(requests(factory, access(999)).slice(1, 5)).toEqual([
    '|',
    'dot1qPortGvrpStatus.5 = disabled',
    'dot1qPortIngressFiltering.5 = true',
    'dot1qVlanStaticUntaggedPorts.1 -= 5',
  ]);
});

test('a bit that is left on an untagged list goes before the port joins tagged', () => {
  const port = portWith({ untaggedBits: [10, 20] });
  expect(requests(port, trunk(10, 20))).toEqual([
    'dot1qVlanStaticUntaggedPorts.20 -= 5 & dot1qVlanStaticEgressPorts.20 += 5',
  ]);
});

test('refused before anything is sent: VLANs that are not there or forbidden, ports that cannot be closed', () => {
  const refused = (port: BridgePort, settings: PortSettings) => () => wantedVlans(port, settings, vlans, false);
  expect(refused(portWith(), access(40))).toThrow(/VLAN 40 does not exist/);
  expect(refused(portWith({ forbidden: [20] }), trunk(10, 20))).toThrow(/VLAN 20 is forbidden/);
  expect(refused(portWith({ filtering: null }), access(20))).toThrow(/ingressFiltering/);
  expect(refused(portWith(), { ...access(10), untagged: null })).toThrow(/needs a VLAN/);
});
