import type { SwitchModel } from '../model/switch-model.ts';

/** In the words of lldpd; subtypes of IEEE 802.1AB tables 8-2 and 8-3. */
const CHASSIS_TYPES: Record<number, string> = { 2: 'ifalias', 4: 'mac', 5: 'ip', 6: 'ifname', 7: 'local' };
const PORT_TYPES: Record<number, string> = { 1: 'ifalias', 3: 'mac', 4: 'ip', 5: 'ifname', 7: 'local' };

/** lldpcli(8), output `json0`: every element is a list. */
export function showNeighbors(model: SwitchModel): string {
  const heard = model.neighbors().map((neighbor, index) => ({
    name: neighbor.portId,
    via: 'LLDP',
    rid: `${index + 1}`,
    age: '0 day, 00:00:06',
    chassis: [
      {
        id: [{ type: CHASSIS_TYPES[neighbor.chassisIdSubtype] ?? 'unhandled', value: neighbor.chassisId }],
        ...(neighbor.systemName === null ? {} : { name: [{ value: neighbor.systemName }] }),
      },
    ],
    port: [
      {
        id: [{ type: PORT_TYPES[neighbor.portIdSubtype] ?? 'unhandled', value: neighbor.remotePortId }],
        ttl: [{ value: `${neighbor.ttl}` }],
      },
    ],
  }));
  return json({ lldp: [heard.length === 0 ? {} : { interface: heard }] });
}

export function showChassis({ chassisMac, running }: SwitchModel): string {
  const chassis = { id: [{ type: 'mac', value: chassisMac }], name: [{ value: running.hostname }] };
  return json({ 'local-chassis': [{ chassis: [chassis] }] });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
