import { chassisKey, type LldpId } from '../identity/lldp-id.ts';
import { type ListedPort, matchPort, matchSwitch } from '../identity/match.ts';
import { portNameKey } from '../identity/port-name.ts';
import type { Violation } from '../plan/model.ts';

export type EvidenceSource = 'host-lldp' | 'switch-lldp' | 'mac-table' | 'operator';

/** One claim about a cable. */
export interface LinkEvidence {
  source: EvidenceSource;
  /** Lower case with colons. */
  nicMac: string;
  chassis: LldpId;
  port: LldpId;
  systemName: string | null;
  /** Epoch milliseconds. */
  seenAt: number;
}

export interface KnownSwitch {
  /** The registered name; what Link.switchId says. */
  id: string;
  chassisIds: readonly string[];
  ports: readonly ListedPort[];
}

export interface Contradiction {
  kind: 'moved' | 'two-neighbours' | 'shared-port';
  message: string;
}

export interface Link {
  nicMac: string;
  /** Registered name of the switch; null: no registered switch announces itself so. */
  switchId: string | null;
  /** Out of the switch's own port list; null: not in it, or ambiguous. */
  portId: string | null;
  /**
   * confirmed: two sources agree; heard: LLDP of one side; stated: the operator alone; learned: a MAC table alone;
   * contradicted: see contradictions; unknown: leads to no known port.
   */
  confidence: 'confirmed' | 'heard' | 'stated' | 'learned' | 'contradicted' | 'unknown';
  /** Newest first; the first is what the link was taken from. */
  evidence: LinkEvidence[];
  contradictions: Contradiction[];
}

/** By NIC MAC. */
export type LinkMap = Map<string, Link>;

/** The usual LLDP TTL: two neighbours heard within it are there at the same time. */
const SAME_TIME_MS = 120_000;

const rank: Record<EvidenceSource, number> = { 'host-lldp': 0, 'switch-lldp': 0, operator: 1, 'mac-table': 2 };

/**
 * Where each NIC hangs. LLDP goes before the operator's entry, that before a MAC table; within a rank the newest counts.
 * Evidence that a new inspection has replaced is to be left out by the caller: all that is handed in must agree.
 */
export function buildLinkMap(evidence: readonly LinkEvidence[], switches: readonly KnownSwitch[]): LinkMap {
  const byNic = Map.groupBy(evidence, (one) => one.nicMac);
  const links: LinkMap = new Map([...byNic].map(([nicMac, own]) => [nicMac, linkOf(nicMac, own, switches)]));
  const byPort = Map.groupBy(
    [...links.values()].filter((link) => link.portId !== null),
    (link) => JSON.stringify([link.switchId, link.portId]),
  );
  for (const sharing of byPort.values()) {
    if (sharing.length < 2) continue;
    const nics = sharing.map((link) => link.nicMac).join(', ');
    for (const link of sharing) {
      const message = `${nics} are all on port ${link.portId} of ${link.switchId}; inspect these nodes again`;
      link.contradictions.push({ kind: 'shared-port', message });
      link.confidence = 'contradicted';
    }
  }
  return links;
}

interface Place {
  switchId: string | null;
  portId: string | null;
  /** Equal for claims about one and the same port. */
  key: string;
  text: string;
}

function linkOf(nicMac: string, own: readonly LinkEvidence[], switches: readonly KnownSwitch[]): Link {
  const evidence = [...own].sort((a, b) => rank[a.source] - rank[b.source] || b.seenAt - a.seenAt);
  const places = evidence.map((one) => placeOf(one, switches));
  const contradictions: Contradiction[] = [];
  const [chosen] = evidence;
  const [place] = places;
  if (!chosen || !place)
    return { nicMac, switchId: null, portId: null, confidence: 'unknown', evidence, contradictions };
  evidence.forEach((one, index) => {
    const other = places[index];
    if (!other || other.key === place.key) return;
    const together = one.source === chosen.source && Math.abs(chosen.seenAt - one.seenAt) <= SAME_TIME_MS;
    contradictions.push({
      kind: together ? 'two-neighbours' : 'moved',
      message: together
        ? `${nicMac} hears ${place.text} and ${other.text} at once; take what is between NIC and switch out of the cable`
        : `${nicMac} is on ${place.text} by ${chosen.source}, but on ${other.text} by ${one.source}; inspect the node again`,
    });
  });
  const { switchId, portId } = place;
  const base = { nicMac, switchId, portId, evidence, contradictions };
  if (contradictions.length > 0) return { ...base, confidence: 'contradicted' };
  if (portId === null) return { ...base, confidence: 'unknown' };
  if (new Set(evidence.map((one) => one.source)).size > 1) return { ...base, confidence: 'confirmed' };
  const alone = { 'host-lldp': 'heard', 'switch-lldp': 'heard', operator: 'stated', 'mac-table': 'learned' } as const;
  return { ...base, confidence: alone[chosen.source] };
}

function placeOf(evidence: LinkEvidence, switches: readonly KnownSwitch[]): Place {
  const { chassis, port } = evidence;
  const text = `${port.value} of ${evidence.systemName ?? chassis.value}`;
  const known = matchSwitch(chassis.value, switches);
  const match = known ? matchPort(port.value, known.ports) : null;
  const portId = match && 'found' in match ? match.found : null;
  const key = [
    known ? ['switch', known.id] : ['chassis', chassisKey(chassis.value)],
    portId ?? portNameKey(port.value),
  ];
  return { switchId: known?.id ?? null, portId, key: JSON.stringify(key), text };
}

/** Rule 7: why no tenant network may be laid on the port; empty when it may. */
export function checkPortEvidence(links: LinkMap, switchId: string, portId: string): Violation[] {
  return [...links.values()]
    .filter((link) => link.switchId === switchId && link.portId === portId)
    .flatMap((link) => link.contradictions.map(({ message }) => ({ rule: 7, portId, message })));
}
