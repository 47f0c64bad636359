import type { SwitchModel } from '../model/switch-model.ts';
import { isPortChannel, shortName } from './interface-names.ts';
import { type PortView, portViews } from './ports.ts';

export function showInterfacesStatus(model: SwitchModel): string {
  const rows = portViews(model).map((view) => {
    const { short, config, up } = view;
    return [
      short.padEnd(9),
      (config.description ?? '').slice(0, 18).padEnd(18),
      status(model, view).padEnd(12),
      vlan(view).padEnd(10),
      (up ? 'a-full' : 'auto').padStart(6),
      (up ? 'a-1000' : 'auto').padStart(6),
      isPortChannel(view.name) ? '' : '10/100/1000BaseTX',
    ].join(' ');
  });
  return `\n${['Port      Name               Status       Vlan       Duplex  Speed Type', ...rows].join('\n')}\n`;
}

/** A port whose access VLAN does not exist or is suspended is inactive, however good its link. */
function status(model: SwitchModel, { config, up, trunking }: PortView): string {
  if (!config.adminUp) return 'disabled';
  if (!up) return 'notconnect';
  const carries = trunking || config.routed || model.running.vlans[config.accessVlan]?.active === true;
  return carries ? 'connected' : 'inactive';
}

function vlan({ config, trunking }: PortView): string {
  if (config.routed) return 'routed';
  return trunking ? 'trunk' : String(config.accessVlan);
}

export function showEtherchannelSummary(model: SwitchModel): string {
  const groups = portViews(model).filter(({ name }) => isPortChannel(name));
  const rows = groups.flatMap(({ short, config, up, members }) => {
    const flags = `${config.routed ? 'R' : 'S'}${up ? 'U' : 'D'}`;
    const ports = members.map((id) => `${shortName(id)}(${model.port(id).operUp ? 'P' : 'D'})`.padEnd(15));
    const [first = '', ...more] = Array.from({ length: Math.ceil(ports.length / 3) }, (_, line) =>
      ports.slice(line * 3, line * 3 + 3).join(' '),
    );
    const group = short.slice(2).padEnd(7);
    const protocol = members.some((id) => lacp(model, id)) ? 'LACP' : '-';
    return [
      `${group}${`${short}(${flags})`.padEnd(16)}${protocol.padEnd(10)}${first}`,
      ...more.map((line) => ' '.repeat(33) + line),
    ];
  });
  return `Flags:  D - down        P - bundled in port-channel
        I - stand-alone s - suspended
        R - Layer3      S - Layer2
        U - in use

Number of channel-groups in use: ${groups.length}
Number of aggregators:           ${groups.length}

Group  Port-channel  Protocol    Ports
------+-------------+-----------+-----------------------------------------------
${rows.map((row) => `${row}\n`).join('')}
`;
}

function lacp(model: SwitchModel, id: string): boolean {
  return model.running.ports[id]?.extra.some((row) => /^channel-group \d+ mode (active|passive)$/.test(row)) === true;
}
