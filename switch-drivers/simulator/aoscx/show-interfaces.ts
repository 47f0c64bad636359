import { naturalSort } from '../cli/sort.ts';
import type { SimPortConfig } from '../model/config.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { plainName } from './configure-vlan.ts';
import { isLag } from './interface-names.ts';
import { interfaceOrder, nativeRow } from './running-config.ts';

const RULE = '-'.repeat(118);
/** Characters of the last column of `show vlan`. */
const MEMBERS_WIDTH = 28;

export function showInterfaceBrief(model: SwitchModel): string {
  const rows = interfaceOrder(model.running).map((name) => {
    const port = model.running.ports[name]!;
    const up = isUp(model, name);
    return [
      name.padEnd(12),
      native(port).padEnd(7),
      modeWord(port).padEnd(6),
      (isLag(name) ? '--' : '1GbT').padEnd(14),
      (port.adminUp ? 'yes' : 'no').padEnd(7),
      (up ? 'up' : 'down').padEnd(7),
      reason(port.adminUp, up).padEnd(23),
      (up ? '1000' : '--').padEnd(8),
      port.description ?? '--',
    ].join(' ');
  });
  return `${[
    RULE,
    'Port         Native  Mode   Type           Enabled Status  Reason                  Speed    Description',
    '             VLAN                                                                  (Mb/s)',
    RULE,
    ...rows,
  ].join('\n')}\n`;
}

function isUp(model: SwitchModel, name: string): boolean {
  if (!isLag(name)) return model.port(name).operUp;
  return model.portIds.some((id) => model.port(id).lag === name && model.port(id).operUp);
}

function native(port: SimPortConfig): string {
  if (port.routed || port.lag !== null) return '--';
  return port.mode === 'trunk' ? (/\d+/.exec(nativeRow(port))?.[0] ?? '--') : `${port.accessVlan}`;
}

function modeWord(port: SimPortConfig): string {
  if (port.lag !== null) return '--';
  if (port.routed) return 'routed';
  return port.mode;
}

function reason(adminUp: boolean, up: boolean): string {
  if (up) return '';
  return adminUp ? 'Waiting for link' : 'Administratively down';
}

export function showVlan(model: SwitchModel): string {
  const rows = Object.entries(model.running.vlans).flatMap(([key, { name, active }]) => {
    const id = Number(key);
    const members = membersOf(model, id);
    const up = active && members.some((member) => isUp(model, member));
    const [first = '', ...more] = wrapped(ranges(members));
    const why = active ? (up ? 'ok' : members.length > 0 ? 'no_member_forwarding' : 'no_member_port') : 'admin_down';
    return [
      [
        key.padEnd(5),
        (id === 1 ? plainName(1) : name).padEnd(33),
        (up ? 'up' : 'down').padEnd(7),
        why.padEnd(23),
        (id === 1 ? 'default' : 'static').padEnd(11),
        first,
      ].join(' '),
      ...more.map((list) => `${' '.repeat(84)}${list}`),
    ];
  });
  return `${[
    RULE,
    'VLAN  Name                              Status  Reason                  Type        Interfaces',
    RULE,
    ...rows,
  ].join('\n')}\n`;
}

function membersOf({ running }: SwitchModel, id: number): string[] {
  const carries = (port: SimPortConfig): boolean => {
    if (port.routed || port.lag !== null) return false;
    if (port.mode !== 'trunk') return port.accessVlan === id;
    return port.allowed === 'all' || port.allowed.includes(id);
  };
  return Object.keys(running.ports)
    .filter((name) => carries(running.ports[name]!))
    .sort(naturalSort);
}

/** `1/1/1-1/1/3,1/1/5`: ports next to each other make a range. */
function ranges(names: readonly string[]): string[] {
  const found: Array<[string, string]> = [];
  for (const name of names) {
    const last = found.at(-1);
    const follows = last && name === last[1].replace(/\d+$/, (number) => `${Number(number) + 1}`);
    if (last && follows) last[1] = name;
    else found.push([name, name]);
  }
  return found.map(([first, last]) => (first === last ? first : `${first}-${last}`));
}

function wrapped(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= MEMBERS_WIDTH)
      lines[lines.length - 1] = `${last},${part}`;
    else lines.push(part);
  }
  return lines.map((text, index) => (index < lines.length - 1 ? `${text},` : text));
}
