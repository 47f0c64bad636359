import type { EventOut, NodeSummary, OperationOut, SwitchPortOut } from '../client/wire.ts';
import type { Style } from './style.ts';
import { clean } from './text.ts';

/** `2026-01-31 12:00:05`, local time; null where there is none. */
export function when(time: string | null | undefined): string | null {
  if (!time) return null;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function stateStyle(state: string): Style | null {
  if (/^(active|available|manageable|applied|ok|succeeded|mapped)$/.test(state)) return 'good';
  if (/failed$|^(error|contradicted|quarantined|rolled-back)$/.test(state)) return 'bad';
  if (/ing$|wait|^(pending|new)$/.test(state)) return 'busy';
  return null;
}

type Settings = NonNullable<SwitchPortOut['intent']>;

/** `100`, `100+200,300`, `+200`: the untagged VLAN, then the tagged ones. */
export function vlans(settings: Pick<Settings, 'untagged' | 'tagged'> | null): string | null {
  if (!settings) return null;
  const tagged = settings.tagged.length > 0 ? `+${ranges(settings.tagged)}` : '';
  return `${settings.untagged ?? ''}${tagged}` || 'none';
}

/** `1-3,7` */
export function ranges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((left, right) => left - right);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === sorted[end]! + 1) end += 1;
    parts.push(end === at ? `${sorted[at]}` : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}

export function ownerText(owner: SwitchPortOut['owner'], networkNames: ReadonlyMap<string, string>): string | null {
  if (!owner) return null;
  if (owner.kind === 'tenant') return networkNames.get(owner.network_id ?? '') ?? owner.network_id ?? null;
  return owner.role ?? owner.kind;
}

export const portsText = ({ nics }: NodeSummary): string =>
  nics.map(({ switch: name, port_id }) => (name ? `${name} ${port_id}` : 'unmapped')).join(', ');

export const networksText = ({ nics }: NodeSummary): string =>
  nics
    .map(({ network, vif, port_state }) => {
      if (network === null) return vif ? `(${vif.network})` : '-';
      return port_state === 'applied' ? network : `${network} (${port_state})`;
    })
    .join(', ');

export const legsText = ({ legs }: OperationOut): string =>
  legs.map(({ switch: name, port_id, from, to }) => `${name} ${port_id} ${vlans(from) ?? '?'}→${vlans(to)}`).join(', ');

/** One line of an event for people. */
export const eventLine = ({ at, message }: EventOut): string => `${when(at)}  ${clean(message)}`;
