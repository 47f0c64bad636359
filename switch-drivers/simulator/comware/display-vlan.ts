import { portViews } from '../cli/port-views.ts';
import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { defaultName } from '../vrp-family/list.ts';
import { comware } from './vendor.ts';

const PORTS_COLUMN = 43;
const LINE = 80;

export function displayVlanBrief(model: SwitchModel): string {
  const rows = Object.entries(model.running.vlans).map(([key, { name }]) => {
    const [first = '', ...more] = portLines([
      ...members(model, Number(key), true),
      ...members(model, Number(key), false),
    ]);
    const shown = Number(key) === 1 ? defaultName(1) : name;
    const row = `${key.padEnd(9)} ${shown.padEnd(32)} ${first}`.trimEnd();
    return [row, ...more.map((line) => `${' '.repeat(PORTS_COLUMN)}${line}`)].join('\n');
  });
  return `Brief information about all VLANs:
Supported Minimum VLAN ID: 1
Supported Maximum VLAN ID: 4094
Default VLAN ID: 1
VLAN ID   Name                             Port
${rows.join('\n')}
`;
}

export function displayVlanAll(model: SwitchModel): string {
  const blocks = Object.entries(model.running.vlans).map(([key, { name }]) => {
    const list = (tagged: boolean) => {
      const names = members(model, Number(key), tagged, (id) => id);
      return names.length === 0 ? 'None' : `\n${names.map((id) => `    ${id}`).join('\n')}`;
    };
    return ` VLAN ID: ${key}
 VLAN type: Static
 Route interface: Not configured
 Description: ${defaultName(Number(key))}
 Name: ${name}
 Tagged ports:   ${list(true)}
 Untagged ports: ${list(false)}
`;
  });
  return blocks.join('\n');
}

/** Ports that are configured into a VLAN; members of a LAG stand there by their LAG. */
function members(model: SwitchModel, vlan: number, tagged: boolean, nameOf = comware.names.short): string[] {
  return portViews(model, comware.names.short)
    .filter(({ config }) => !config.routed && config.lag === null && membership(config, vlan) === tagged)
    .map(({ name }) => nameOf(name));
}

function membership({ mode, accessVlan, nativeVlan, allowed }: SimPortConfig, vlan: number): boolean | null {
  if (mode !== 'trunk') return accessVlan === vlan ? false : null;
  if (allowed !== 'all' && !allowed.includes(vlan)) return null;
  return nativeVlan !== vlan;
}

function portLines(ports: readonly string[]): string[] {
  const lines: string[] = [];
  for (const port of ports) {
    const longer = `${lines.at(-1)}  ${port}`;
    if (lines.length > 0 && PORTS_COLUMN + longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(port);
  }
  return lines;
}
