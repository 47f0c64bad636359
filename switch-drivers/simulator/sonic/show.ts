import type { SwitchModel } from '../model/switch-model.ts';
import { members, modeOf } from './config.ts';

/** `sonic-cfggen -d --print-data`: CONFIG_DB as JSON. */
export function configDb({ running, portIds, chassisMac }: SwitchModel): string {
  const vlans = Object.keys(running.vlans).filter((id) => id !== '1');
  const memberships = portIds.flatMap((portId) => {
    const port = running.ports[portId]!;
    return members(port).map((vlan) => [
      `Vlan${vlan}|${portId}`,
      { tagging_mode: vlan === port.nativeVlan ? 'untagged' : 'tagged' },
    ]);
  });
  const data = {
    DEVICE_METADATA: {
      localhost: {
        hostname: running.hostname,
        hwsku: 'Force10-S6000',
        mac: chassisMac,
        platform: 'x86_64-kvm_x86_64-r0',
      },
    },
    PORT: Object.fromEntries(
      portIds.map((portId, index) => {
        const port = running.ports[portId]!;
        return [
          portId,
          {
            admin_status: port.adminUp ? 'up' : 'down',
            alias: `etp${index + 1}`,
            index: `${index}`,
            lanes: `${index * 4},${index * 4 + 1},${index * 4 + 2},${index * 4 + 3}`,
            mode: modeOf(port),
            mtu: '9100',
            speed: '40000',
          },
        ];
      }),
    ),
    VLAN: Object.fromEntries(vlans.map((id) => [`Vlan${id}`, { vlanid: id }])),
    VLAN_MEMBER: Object.fromEntries(memberships),
  };
  return `${JSON.stringify(data, null, 4)}\n`;
}

export function interfacesStatus(model: SwitchModel): string {
  const rows = model.portIds.map((portId, index) => {
    const { adminUp, operUp } = model.port(portId);
    const mode = modeOf(model.running.ports[portId]!);
    const lanes = `${index * 4},${index * 4 + 1},${index * 4 + 2},${index * 4 + 3}`;
    const states = [operUp ? 'up' : 'down', adminUp ? 'up' : 'down'];
    return [
      portId,
      lanes,
      '40G',
      '9100',
      'N/A',
      `etp${index + 1}`,
      mode === 'access' ? 'trunk' : mode,
      ...states,
      'N/A',
      'N/A',
    ];
  });
  const heads = ['Interface', 'Lanes', 'Speed', 'MTU', 'FEC', 'Alias', 'Vlan', 'Oper', 'Admin', 'Type', 'Asym PFC'];
  return table(heads, rows);
}

export function macTable(model: SwitchModel): string {
  const entries = model.macTable();
  const rows = entries.map(({ vlan, mac, portId }, index) => [
    `${index + 1}`,
    `${vlan}`,
    mac.toUpperCase(),
    portId,
    'Dynamic',
  ]);
  return `${table(['No.', 'Vlan', 'MacAddress', 'Port', 'Type'], rows)}Total number of entries ${entries.length}\n`;
}

export function version(): string {
  return `
SONiC Software Version: SONiC.202411.0-sim
SONiC OS Version: 12
Distribution: Debian 12.8
Kernel: 6.1.0-22-2-amd64
Platform: x86_64-kvm_x86_64-r0
HwSKU: Force10-S6000
ASIC: vs
`;
}

/** Headings over runs of dashes, cells to the right, as Python's tabulate prints them for SONiC. */
function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padStart(widths[column]!)).join('  ');
  return [heads, widths.map((width) => '-'.repeat(width)), ...rows].map((cells) => `${line(cells)}\n`).join('');
}
