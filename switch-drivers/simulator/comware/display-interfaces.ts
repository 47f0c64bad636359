import { type PortView, portViews } from '../cli/port-views.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { linkType } from '../vrp-family/configure-port.ts';
import { comware } from './vendor.ts';

const LETTERS: Record<string, string> = { access: 'A', trunk: 'T', hybrid: 'H' };

export function displayInterfaceBrief(model: SwitchModel): string {
  const views = portViews(model, comware.names.short);
  const routed = views.filter(({ config }) => config.routed).map(routedRow);
  const bridged = views.filter(({ config }) => !config.routed).map(bridgedRow);
  return `Brief information on interfaces in route mode:
Link: ADM - administratively down; Stby - standby
Protocol: (s) - spoofing
Interface            Link Protocol Primary IP      Description
InLoop0              UP   UP(s)    --
NULL0                UP   UP(s)    --
${routed.join('')}
Brief information on interfaces in bridge mode:
Link: ADM - administratively down; Stby - standby
Speed: (a) - auto
Duplex: (a)/A - auto; H - half; F - full
Type: A - access; T - trunk; H - hybrid
Interface            Link Speed   Duplex Type PVID Description
${bridged.join('')}`;
}

function link({ config, up }: PortView): string {
  if (!config.adminUp) return 'ADM';
  return up ? 'UP' : 'DOWN';
}

function routedRow(view: PortView): string {
  const { short, up, config } = view;
  const cells = [short.padEnd(20), link(view).padEnd(4), (up ? 'UP' : 'DOWN').padEnd(8), '--'.padEnd(15)];
  return `${[...cells, config.description ?? ''].join(' ').trimEnd()}\n`;
}

function bridgedRow(view: PortView): string {
  const { short, config, up } = view;
  const pvid = config.mode === 'trunk' ? config.nativeVlan : config.accessVlan;
  const cells = [
    short.padEnd(20),
    link(view).padEnd(4),
    (up ? '10G(a)' : 'auto').padEnd(7),
    (up ? 'F(a)' : 'A').padEnd(6),
    (LETTERS[linkType(config)] ?? 'A').padEnd(4),
    `${pvid}`.padEnd(4),
    config.description ?? '',
  ];
  return `${cells.join(' ').trimEnd()}\n`;
}
