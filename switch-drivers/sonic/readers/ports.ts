import type { PortState } from '../../../topology/plan/model.ts';
import type { PortTable, Reader } from '../../transports/ssh-cli/platform.ts';
import { isSwitchPort } from '../port-names.ts';
import { CONFIG_DB, type ConfigDb, configDb, keyParts, vlanOf } from './config-db.ts';
import { interfacesStatus } from './interfaces-status.ts';

/** A port that CONFIG_DB gives a mode (releases from 202405 on) has `mode ...` as its block: see order.ts. */
export const ports: Reader<PortTable> = {
  commands: [CONFIG_DB, 'show interfaces status'],
  read([config = '', status = '']) {
    const db = configDb(config);
    const linked = interfacesStatus.read(status);
    const operUp = new Map(linked.rows.map((row) => [row.portId, row.operUp]));
    const members = membersByPort(db);
    const names = [...Object.keys(db.PORT), ...Object.keys(db.PORTCHANNEL)].filter(isSwitchPort);
    return {
      ports: names
        .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((name) => portState(db, name, members.get(name) ?? [], operUp.get(name) ?? null)),
      vlans: Object.keys(db.VLAN)
        .flatMap((name) => vlanOf(name) ?? [])
        .toSorted((a, b) => a - b),
      blocks: new Map(names.map((name) => [name, modeOf(db, name) === null ? [] : [`mode ${modeOf(db, name)}`]])),
      unparsed: linked.unparsed,
    };
  },
};

interface Membership {
  vlan: number;
  tagging: string;
}

function membersByPort({ VLAN_MEMBER }: ConfigDb): Map<string, Membership[]> {
  const members = new Map<string, Membership[]>();
  for (const [key, { tagging_mode: tagging }] of Object.entries(VLAN_MEMBER)) {
    const [name, port] = keyParts(key);
    const vlan = vlanOf(name);
    if (vlan === null) continue;
    members.set(port, [...(members.get(port) ?? []), { vlan, tagging: typeof tagging === 'string' ? tagging : '' }]);
  }
  return members;
}

function portState(db: ConfigDb, portId: string, members: readonly Membership[], operUp: boolean | null): PortState {
  const { admin_status: admin, description } = fieldsOf(db, portId);
  const lag = lagOf(db, portId);
  const foreign = foreignReason(db, portId, lag, members);
  const untagged = members.find(({ tagging }) => tagging === 'untagged')?.vlan ?? null;
  const tagged = members.filter(({ tagging }) => tagging === 'tagged').map(({ vlan }) => vlan);
  return {
    portId,
    // The default of CONFIG_DB's schema (sonic-port.yang, sonic-portchannel.yang).
    adminUp: admin === 'up',
    operUp,
    lag,
    description: typeof description === 'string' && description !== '' ? description : null,
    mode: untagged !== null && tagged.length === 0 ? 'access' : 'trunk',
    untagged,
    tagged: tagged.toSorted((a, b) => a - b),
    foreign,
  };
}

function fieldsOf(db: ConfigDb, portId: string) {
  return db.PORT[portId] ?? db.PORTCHANNEL[portId] ?? {};
}

function modeOf(db: ConfigDb, portId: string): string | null {
  const { mode } = fieldsOf(db, portId);
  return typeof mode === 'string' ? mode : null;
}

function lagOf({ PORTCHANNEL_MEMBER }: ConfigDb, portId: string): string | null {
  const key = Object.keys(PORTCHANNEL_MEMBER).find((name) => keyParts(name)[1] === portId);
  return key === undefined ? null : keyParts(key)[0];
}

function foreignReason(
  db: ConfigDb,
  portId: string,
  lag: string | null,
  members: readonly Membership[],
): string | null {
  if (lag !== null) return `it is a member of ${lag}`;
  const routed = [...Object.keys(db.INTERFACE), ...Object.keys(db.PORTCHANNEL_INTERFACE)];
  if (routed.some((key) => keyParts(key)[0] === portId)) return 'it is a routed port';
  if (members.filter(({ tagging }) => tagging === 'untagged').length > 1) return 'it is untagged in several VLANs';
  const odd = members.find(({ tagging }) => tagging !== 'untagged' && tagging !== 'tagged');
  return odd ? `it is in VLAN ${odd.vlan} as "${odd.tagging}"` : null;
}
