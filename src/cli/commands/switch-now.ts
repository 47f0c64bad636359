import type { Command } from 'commander';
import { Client } from '../client/client.ts';
import { path } from '../client/path.ts';
import type { SettingsOut } from '../client/wire.ts';
import { vlans } from '../output/describe.ts';
import { globals, print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';

interface Neighbor {
  port_id: string;
  chassis_id: string;
  remote_port_id: string;
  system_name: string | null;
}

export async function neighbors(ident: string, _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const answer = await client.get<{ neighbors: Neighbor[] }>(path`/fabric/v1/switches/${ident}/neighbors`);
  print(command, answer.neighbors, () => {
    if (answer.neighbors.length === 0) return 'It hears no LLDP neighbour.';
    return renderTable<Neighbor>(
      [
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'Chassis id', value: ({ chassis_id }) => chassis_id },
        { title: 'Remote port', value: ({ remote_port_id }) => remote_port_id },
        { title: 'System name', value: ({ system_name }) => system_name, shrink: true },
      ],
      answer.neighbors,
    );
  });
}

interface Mac {
  mac: string;
  vlan: number | null;
  port_id: string;
}

export async function macs(ident: string, _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const answer = await client.get<{ macs: Mac[] }>(path`/fabric/v1/switches/${ident}/macs`);
  print(command, answer.macs, () => {
    if (answer.macs.length === 0) return 'It has learned no address on its ports.';
    return renderTable<Mac>(
      [
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'VLAN', value: ({ vlan }) => vlan, align: 'right' },
        { title: 'Address', value: ({ mac }) => mac },
      ],
      answer.macs,
    );
  });
}

interface Difference {
  port_id: string;
  observed: SettingsOut | null;
  intent: SettingsOut;
  blocked: string | null;
}

export async function diff(ident: string, _options: object, command: Command): Promise<void> {
  const client = new Client(globals(command));
  const answer = await client.get<{ ports: Difference[]; lines: string[] }>(path`/fabric/v1/switches/${ident}/diff`);
  print(command, answer, () => {
    if (answer.ports.length === 0) return 'Every managed port is as it should be; nothing would be sent.';
    const table = renderTable<Difference>(
      [
        { title: 'Port', value: ({ port_id }) => port_id },
        { title: 'Is', value: ({ observed }) => settingsText(observed) },
        { title: 'Should be', value: ({ intent }) => settingsText(intent) },
        { title: 'Not written, because', value: ({ blocked }) => blocked, style: () => 'bad', shrink: true },
      ],
      answer.ports,
    );
    const lines = answer.lines.map((text) => `  ${text}`);
    return lines.length === 0 ? table : [table, '', 'Would be sent:', ...lines].join('\n');
  });
}

function settingsText(settings: SettingsOut | null): string {
  if (!settings) return 'absent';
  return `${settings.admin_up ? '' : 'down, '}${settings.mode} ${vlans(settings)}`;
}
