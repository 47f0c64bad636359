import { type PortView, portViews } from '../cli/port-views.ts';
import { vlanText } from '../cli/vlan-text.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { linkType } from '../vrp-family/configure-port.ts';
import type { Vendor } from '../vrp-family/vendor.ts';

const SHOWN: Record<string, string> = { 'negotiation-auto': 'auto', 'negotiation-desirable': 'desirable' };
const LIST_WIDTH = 31;

/** The members of a LAG stand below it, indented. */
export function displayInterfaceBrief(model: SwitchModel, { names }: Vendor): string {
  const views = portViews(model, names.short);
  const rows = views
    .filter(({ config }) => config.lag === null)
    .flatMap((view) => [
      briefRow(view, ''),
      ...views.filter(({ config }) => config.lag === view.name).map((member) => briefRow(member, '  ')),
    ]);
  return `PHY: Physical
*down: administratively down
^down: standby
(l): loopback
(s): spoofing
InUti/OutUti: input utility/output utility
Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors
${rows.join('\n')}
NULL0                       up    up(s)        0%     0%          0          0
`;
}

function briefRow({ name, config, up }: PortView, indent: string): string {
  const state = up ? 'up' : 'down';
  const phy = config.adminUp ? state : '*down';
  return `${(indent + name).padEnd(27)} ${phy.padEnd(5)} ${state.padEnd(11)}   0%     0%          0          0`;
}

export function displayPortVlan(model: SwitchModel, { names }: Vendor): string {
  const rows = portViews(model, names.short)
    .filter(({ config }) => !config.routed)
    .map(({ name, config }) => {
      const type = linkType(config);
      const pvid = config.mode === 'trunk' ? config.nativeVlan : config.accessVlan;
      const [first = '-', ...more] = trunkList(config.mode === 'trunk' ? config.allowed : []);
      const row = `${name.padEnd(27)} ${(SHOWN[type] ?? type).padEnd(12)} ${`${config.lag === null ? pvid : 0}`.padEnd(5)} ${first}`;
      return [row, ...more.map((line) => `${' '.repeat(47)}${line}`)].join('\n');
    });
  return `Port                        Link Type    PVID  Trunk VLAN List
${'-'.repeat(79)}
${rows.join('\n')}
`;
}

function trunkList(allowed: readonly number[] | 'all'): string[] {
  const lines: string[] = [];
  for (const item of allowed === 'all' ? ['1-4094'] : vlanText(allowed).split(',').filter(Boolean)) {
    const longer = `${lines.at(-1)} ${item}`;
    if (lines.length > 0 && longer.length <= LIST_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
