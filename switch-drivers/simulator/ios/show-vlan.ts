import type { SwitchModel } from '../model/switch-model.ts';
import { portViews } from './ports.ts';
import { LEGACY_VLANS } from './vlan-list.ts';

const PORTS_WIDTH = 31;
const LEGACY_TYPES = ['fddi ', 'tr   ', 'fdnet', 'trnet'];
const LEGACY_BRIDGES = ['-    -       ', '-    srb     ', 'ieee -       ', 'ibm  -       '];

interface VlanRow {
  id: number;
  name: string;
  status: string;
  ports: string[];
}

export function showVlanBrief(model: SwitchModel): string {
  return `\n${[
    'VLAN Name                             Status    Ports',
    '---- -------------------------------- --------- -------------------------------',
    ...vlanRows(model).flatMap(({ id, name, status, ports }) => {
      const [first = '', ...more] = portLines(ports);
      const row = `${`${id}`.padEnd(4)} ${name.padEnd(32)} ${status.padEnd(9)} ${first}`;
      return [row, ...more.map((line) => `${' '.repeat(48)}${line}`)];
    }),
  ].join('\n')}\n`;
}

export function showVlan(model: SwitchModel): string {
  const types = vlanRows(model).map(({ id }) => {
    const legacy = LEGACY_VLANS.findIndex(([other]) => other === id);
    const type = LEGACY_TYPES[legacy] ?? 'enet ';
    const bridge = LEGACY_BRIDGES[legacy] ?? '-    -       ';
    return `${`${id}`.padEnd(4)} ${type} ${100_000 + id}     1500  -      -      -        ${bridge} 0      0   `;
  });
  return `${showVlanBrief(model)}
VLAN Type  SAID       MTU   Parent RingNo BridgeNo Stp  BrdgMode Trans1 Trans2
---- ----- ---------- ----- ------ ------ -------- ---- -------- ------ ------
${types.join('\n')}

Remote SPAN VLANs
------------------------------------------------------------------------------


Primary Secondary Type              Ports
------- --------- ----------------- ------------------------------------------

`;
}

/** A port stands with its access VLAN unless it trunks at this moment: a trunk that is down stands there too. */
function vlanRows(model: SwitchModel): VlanRow[] {
  const views = portViews(model).filter(({ config, trunking }) => !trunking && !config.routed && config.lag === null);
  const own = Object.entries(model.running.vlans).map(([key, { name, active }]) => ({
    id: Number(key),
    name,
    status: active ? 'active' : 'suspended',
    ports: views.filter(({ config }) => config.accessVlan === Number(key)).map(({ short }) => short),
  }));
  const legacy = LEGACY_VLANS.map(([id, name]) => ({ id, name, status: 'act/unsup', ports: [] }));
  return [...own, ...legacy].sort((a, b) => a.id - b.id);
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
