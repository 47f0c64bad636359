import type { SwitchModel } from '../model/switch-model.ts';
import { dashed } from '../vrp-family/list.ts';

/** IEEE 802.1AB tables 8-2 and 8-3, in the words of VRP. */
const CHASSIS: Record<number, string> = { 4: 'macAddress', 5: 'networkAddress', 6: 'interfaceName' };
const PORT: Record<number, string> = { 3: 'macAddress', 4: 'networkAddress', 5: 'interfaceName' };

export function displayLocalLldp({ chassisMac, running }: SwitchModel): string {
  return `System information
--------------------------------------------------------------------------
Chassis type   :macAddress
Chassis ID     :${dashed(chassisMac)}
System name    :${running.hostname}
System description  :Huawei Versatile Routing Platform Software
System capabilities supported   :bridge router
System capabilities enabled     :bridge router
LLDP Up time   :2026/01/01 00:00:00
`;
}

export function displayNeighbors(model: SwitchModel): string {
  const heard = new Map(model.neighbors().map((neighbor) => [neighbor.portId, neighbor]));
  const blocks = model.portIds.map((portId) => {
    const neighbor = heard.get(portId);
    if (!neighbor) return `${portId} has 0 neighbors\n`;
    const { chassisIdSubtype, chassisId, portIdSubtype, remotePortId, systemName, ttl } = neighbor;
    return `${portId} has 1 neighbors:

Neighbor index : 1
Chassis type   :${CHASSIS[chassisIdSubtype] ?? 'local'}
Chassis ID     :${chassisIdSubtype === 4 ? dashed(chassisId) : chassisId}
Port ID type   :${PORT[portIdSubtype] ?? 'local'}
Port ID        :${portIdSubtype === 3 ? dashed(remotePortId) : remotePortId}
Port description    :--
System name         :${systemName ?? '--'}
System description  :--
Expired time   :${ttl}s
`;
  });
  return blocks.join('\n');
}
