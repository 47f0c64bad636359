import type { SwitchModel } from '../model/switch-model.ts';
import { isPortChannel, shortName } from './interface-names.ts';
import { type PortView, portViews } from './ports.ts';

const RULE = '-'.repeat(80);

/** NX-OS cuts what stands in a cell to its width. */
const cell = (text: string, width: number) => text.slice(0, width).padEnd(width);

export function showInterfaceStatus(model: SwitchModel): string {
  const rows = portViews(model).map((view) => {
    const { short, config, up } = view;
    return [
      cell(short, 13),
      cell(config.description ?? '--', 18),
      cell(status(model, view), 9),
      cell(vlan(view), 9),
      cell(up ? 'full' : 'auto', 7),
      cell(up ? '10G' : 'auto', 7),
      isPortChannel(view.name) ? '--' : '10Gbase-SR',
    ].join(' ');
  });
  const management = 'mgmt0         --                 connected routed    full    1000    -- ';
  const heading = 'Port          Name               Status    Vlan      Duplex  Speed   Type';
  return `\n${[RULE, heading, RULE, management, ...rows].join('\n')}\n`;
}

/** A port whose access VLAN does not exist or is suspended is inactive, however good its link. */
function status(model: SwitchModel, { config, up, trunking, name, members }: PortView): string {
  if (!config.adminUp) return 'disabled';
  if (!up) return isPortChannel(name) && members.length === 0 ? 'noOperMembers' : 'notconnect';
  const carries = trunking || config.routed || model.running.vlans[config.accessVlan]?.active === true;
  return carries ? 'connected' : 'inactive';
}

function vlan({ config }: PortView): string {
  if (config.routed) return 'routed';
  if (config.mode === 'dot1q-tunnel') return 'tunnel';
  return config.mode === 'trunk' ? 'trunk' : String(config.accessVlan);
}

export function showPortChannelSummary(model: SwitchModel): string {
  const rows = portViews(model)
    .filter(({ name }) => isPortChannel(name))
    .map(({ short, config, up, members }) => {
      const flags = `${config.routed ? 'R' : 'S'}${up ? 'U' : 'D'}`;
      const lacp = members.some((id) =>
        model.running.ports[id]?.extra.some((row) => / mode (?:active|passive)$/.test(row)),
      );
      const ports = members.map((id) => `${shortName(id)}(${model.port(id).operUp ? 'P' : 'D'})`.padEnd(13)).join('');
      return `${short.slice(2).padEnd(6)}${`${short}(${flags})`.padEnd(12)}Eth      ${(lacp ? 'LACP' : 'NONE').padEnd(10)}${ports}`;
    });
  return `Flags:  D - Down        P - Up in port-channel (members)
        I - Individual  H - Hot-standby (LACP only)
        s - Suspended   r - Module-removed
        S - Switched    R - Routed
        U - Up (port-channel)
${RULE}
Group Port-       Type     Protocol  Member Ports
      Channel
${RULE}
${rows.map((row) => `${row.trimEnd()}\n`).join('')}`;
}
