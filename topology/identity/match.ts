import { chassisKey } from './lldp-id.ts';
import { tryParseMac } from './mac.ts';
import { portNameKey } from './port-name.ts';

/** A port as the switch itself lists it. */
export interface ListedPort {
  /** The switch's canonical name. */
  portId: string;
  /** Other names of the same port: ifAlias, ifIndex, MAC, short name ... */
  aliases: readonly string[];
}

/** `found` is always a name out of the switch's own list (design §5 rule 8). */
export type PortMatch = { found: string } | { ambiguous: string[] } | { unknown: string };

/** Finds the port an LLDP port id (of any subtype) means: by exact name, then exact alias, then grammar. */
export function matchPort(value: string, ports: readonly ListedPort[]): PortMatch {
  const text = value.trim();
  const key = portNameKey(text);
  const stages: Array<(port: ListedPort) => boolean> = [
    (port) => port.portId === text,
    (port) => port.aliases.includes(text),
    (port) => [port.portId, ...port.aliases].some((name) => portNameKey(name) === key),
  ];
  for (const stage of stages) {
    const names = [...new Set(ports.filter(stage).map((port) => port.portId))];
    if (names.length > 1) return { ambiguous: names };
    if (names[0] !== undefined) return { found: names[0] };
  }
  return { unknown: text };
}

/** The one switch that announces itself under this chassis id; null when none or more than one does. */
export function matchSwitch<S extends { chassisIds: readonly string[] }>(
  chassis: string,
  switches: readonly S[],
): S | null {
  const key = chassisKey(chassis);
  const matches = switches.filter((one) => one.chassisIds.some((id) => chassisKey(id) === key));
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

/** True when both are MACs, or neither is: only then does inequality of two port ids say that the ports differ. */
export function samePortKind(a: string, b: string): boolean {
  return (tryParseMac(a) === null) === (tryParseMac(b) === null);
}
