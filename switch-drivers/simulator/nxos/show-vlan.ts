import type { SwitchModel } from '../model/switch-model.ts';
import { type PortView, portViews } from './ports.ts';

const PORTS_WIDTH = 31;

export function showVlanBrief(model: SwitchModel): string {
  const views = portViews(model).filter(({ config }) => !config.routed && config.lag === null);
  const rows = Object.entries(model.running.vlans).flatMap(([id, { name, active }]) => {
    const ports = views.filter((view) => carries(view, Number(id))).map(({ short }) => short);
    const [first = '', ...more] = portLines(ports);
    const row = `${id.padEnd(4)} ${name.padEnd(32)} ${(active ? 'active' : 'suspended').padEnd(9)} ${first}`;
    return [row, ...more.map((line) => `${' '.repeat(48)}${line}`)];
  });
  return `
VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
${rows.join('\n')}
`;
}

export function showVlan(model: SwitchModel): string {
  const types = Object.keys(model.running.vlans).map((id) => `${id.padEnd(4)} enet         CE`);
  return `${showVlanBrief(model)}
VLAN Type         Vlan-mode
---- -----        ----------
${types.join('\n')}

Remote SPAN VLANs
-------------------------------------------------------------------------------

Primary  Secondary  Type             Ports
-------  ---------  ---------------  -------------------------------------------

`;
}

/** NX-OS lists access ports and trunks alike. */
function carries({ config }: PortView, vlan: number): boolean {
  if (config.mode !== 'trunk') return config.accessVlan === vlan;
  return config.allowed === 'all' || config.allowed.includes(vlan);
}

function portLines(ports: readonly string[]): string[] {
  const lines: string[] = [];
  for (const port of ports) {
    const longer = `${lines.at(-1)}, ${port}`;
    if (lines.length > 0 && longer.length <= PORTS_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(port);
  }
  return lines;
}
