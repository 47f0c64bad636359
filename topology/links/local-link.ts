import { chassisIdOf, chassisKey, portIdOf } from '../identity/lldp-id.ts';
import { matchPort, matchSwitch, samePortKind } from '../identity/match.ts';
import { portNameKey } from '../identity/port-name.ts';
import type { Lldpdu } from '../lldp/decode.ts';
import type { KnownSwitch, LinkEvidence } from './link-map.ts';

/** As on an Ironic port. */
export interface LocalLinkConnection {
  switch_id?: string;
  port_id?: string;
  switch_info?: string;
}

/** The claim one LLDPDU heard on a NIC makes; null when it names no chassis, no port, or says good-bye (TTL 0). */
export function evidenceOf(
  lldpdu: Lldpdu,
  heard: Pick<LinkEvidence, 'source' | 'nicMac' | 'seenAt'>,
): LinkEvidence | null {
  if (!lldpdu.chassisId || !lldpdu.portId || lldpdu.ttl === 0) return null;
  return {
    source: heard.source,
    nicMac: heard.nicMac,
    chassis: chassisIdOf(lldpdu.chassisId),
    port: portIdOf(lldpdu.portId),
    systemName: lldpdu.systemName,
    seenAt: heard.seenAt,
  };
}

/** Ironic's form of a claim; the port under the switch's own name where the switch is known. */
export function localLinkOf(evidence: LinkEvidence, switches: readonly KnownSwitch[]): LocalLinkConnection {
  const known = matchSwitch(evidence.chassis.value, switches);
  const match = known ? matchPort(evidence.port.value, known.ports) : null;
  return {
    switch_id: chassisKey(evidence.chassis.value),
    port_id: match && 'found' in match ? match.found : evidence.port.value,
    ...(evidence.systemName === null ? {} : { switch_info: evidence.systemName }),
  };
}

export interface LinkComparison {
  verdict: 'agree' | 'unknown' | 'contradict';
  message: string;
}

/** Does what a NIC hears now agree with what is recorded for it? Run before a tenant network is laid on the port. */
export function compareLocalLink(
  fresh: LinkEvidence | null,
  recorded: LocalLinkConnection,
  switches: readonly KnownSwitch[],
): LinkComparison {
  if (!fresh) return { verdict: 'unknown', message: 'no LLDP heard; check that the switch sends it on this port' };
  if (!recorded.switch_id || !recorded.port_id) {
    return { verdict: 'unknown', message: `no local_link_connection recorded for ${fresh.nicMac}; inspect the node` };
  }
  const now = `${fresh.port.value} of ${fresh.systemName ?? fresh.chassis.value}`;
  const then = `${recorded.port_id} of ${recorded.switch_info ?? recorded.switch_id}`;
  const moved: LinkComparison = {
    verdict: 'contradict',
    message: `${fresh.nicMac} is recorded on ${then} but hears ${now}; put the cable back or inspect the node again`,
  };
  const known = matchSwitch(fresh.chassis.value, switches);
  const sameId = chassisKey(fresh.chassis.value) === chassisKey(recorded.switch_id);
  const sameSwitch = sameId || (known !== null && matchSwitch(recorded.switch_id, switches) === known);
  if (!sameSwitch) return moved;

  const agree: LinkComparison = { verdict: 'agree', message: `${fresh.nicMac} hears ${now}, as recorded` };
  const ports = known?.ports ?? [];
  const [a, b] = [matchPort(fresh.port.value, ports), matchPort(recorded.port_id, ports)];
  if ('found' in a && 'found' in b) return a.found === b.found ? agree : moved;
  if (portNameKey(fresh.port.value) === portNameKey(recorded.port_id)) return agree;
  if (!samePortKind(fresh.port.value, recorded.port_id)) {
    return { verdict: 'unknown', message: `${now} and ${then} cannot be compared; register the switch` };
  }
  return moved;
}
