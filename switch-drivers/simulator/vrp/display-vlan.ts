import { type PortView, portViews } from '../cli/port-views.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { defaultName } from '../vrp-family/list.ts';
import type { Vendor } from '../vrp-family/vendor.ts';

const RULER = '-'.repeat(80);
const PER_LINE = 4;

export function displayVlan(model: SwitchModel, { names }: Vendor): string {
  const vlans = Object.entries(model.running.vlans);
  const views = portViews(model, names.short).filter(({ config }) => !config.routed && config.lag === null);
  const ports = vlans.map(([key]) => {
    const lists = [...memberLines(views, Number(key), false, 'UT'), ...memberLines(views, Number(key), true, 'TG')];
    const [first = '', ...more] = lists;
    return [`${key.padEnd(4)} common  ${first}`, ...more.map((line) => `${' '.repeat(13)}${line}`)].join('\n');
  });
  const states = vlans.map(
    ([key]) => `${key.padEnd(4)} enable  default       enable  disable    ${defaultName(Number(key))}`,
  );
  return `The total number of VLANs is: ${vlans.length}
${RULER}
U: Up;         D: Down;         TG: Tagged;         UT: Untagged;
MP: Vlan-mapping;               ST: Vlan-stacking;
#: ProtocolTransparent-vlan;    *: Management-vlan;
${RULER}

VID  Type    Ports
${RULER}
${ports.join('\n')}

VID  Status  Property      MAC-LRN Statistics Description
${RULER}
${states.join('\n')}
`;
}

function memberLines(views: readonly PortView[], vlan: number, tagged: boolean, letters: string): string[] {
  const names = views
    .filter((view) => membership(view, vlan) === tagged)
    .map(({ short, up }) => `${short}(${up ? 'U' : 'D'})`.padEnd(16));
  return Array.from({ length: Math.ceil(names.length / PER_LINE) }, (_, line) => {
    const row = names
      .slice(line * PER_LINE, (line + 1) * PER_LINE)
      .join('')
      .trimEnd();
    return `${line === 0 ? `${letters}:` : '   '}${row}`;
  });
}

function membership({ config }: PortView, vlan: number): boolean | null {
  const { mode, accessVlan, nativeVlan, allowed } = config;
  if (mode !== 'trunk') return accessVlan === vlan ? false : null;
  if (allowed !== 'all' && !allowed.includes(vlan)) return null;
  return nativeVlan !== vlan;
}
