import { FabricError } from '../../topology/error/fabric-error.ts';
import type { PortSettings } from '../../topology/plan/model.ts';
import {
  optional,
  type Row,
  readBoolean,
  readInteger,
  readOptional,
  readSet,
  readString,
  set,
  type Value,
} from '../transports/ovsdb/index.ts';

/**
 * The columns of Port that together say what passes it (ovs-vswitchd.conf.db(5), "VLAN Configuration").
 *
 * Open vSwitch has no shutdown: its database holds no admin state. A port that is to be down is written as a trunk of VLAN
 * 4095 alone, which IEEE 802.1Q reserves and nothing else here carries, and protected, so that two such ports do not hear
 * each other even there. `tag` means nothing on such a trunk; it keeps the VLAN the port has when it is up.
 */
export interface VlanColumns {
  tag: number | null;
  /** Ascending; empty means *all* for every mode but access. */
  trunks: number[];
  vlanMode: string | null;
  isProtected: boolean;
}

export const VLAN_COLUMNS = ['tag', 'trunks', 'vlan_mode', 'protected'] as const;

const RESERVED_VLAN = 4095;

const ALL_VLANS = Array.from({ length: 4094 }, (_, index) => index + 1);

export function readVlanColumns(row: Row): VlanColumns {
  return {
    tag: readOptional(row.tag, readInteger),
    trunks: readSet(row.trunks, readInteger).toSorted((a, b) => a - b),
    vlanMode: readOptional(row.vlan_mode, readString),
    isProtected: readBoolean(row.protected),
  };
}

/** Always all of them: a tag left over from another mode would change what the new mode means. */
export function vlanRow(columns: VlanColumns): Record<(typeof VLAN_COLUMNS)[number], Value> {
  const { tag, trunks, vlanMode, isProtected } = columns;
  return { tag: optional(tag), trunks: set(trunks), vlan_mode: optional(vlanMode), protected: isProtected };
}

/**
 * What the columns mean.
 * A port nobody configured carries all VLANs and has untagged frames in VLAN 0; it is read as a trunk of 1..4094 without
 * a native VLAN, so that a port just added to a bridge can be taken over.
 */
export function settingsOf(columns: VlanColumns): { settings: PortSettings; foreign: string | null } {
  const { tag, trunks } = columns;
  const mode = columns.vlanMode ?? (tag === null ? 'trunk' : 'access');
  const carried = trunks.length === 0 ? ALL_VLANS : trunks;
  const trunk = (untagged: number | null, foreign: string | null) => ({
    settings: {
      adminUp: true,
      mode: 'trunk' as const,
      untagged: valid(untagged) ? untagged : null,
      tagged: carried.filter((vlan) => valid(vlan) && vlan !== untagged),
    },
    foreign,
  });
  switch (mode) {
    case 'access':
      return {
        settings: { adminUp: true, mode: 'access', untagged: valid(tag) ? tag : null, tagged: [] },
        foreign: valid(tag) ? null : `access port of VLAN ${tag ?? 0}`,
      };
    case 'trunk': {
      if (isShut(columns)) {
        const untagged = valid(tag) ? tag : null;
        return { settings: { adminUp: false, mode: 'access', untagged, tagged: [] }, foreign: null };
      }
      const odd = carried.find((vlan) => !valid(vlan));
      return trunk(null, odd === undefined ? null : `trunk that carries VLAN ${odd}`);
    }
    case 'native-untagged':
      if (valid(tag)) return trunk(tag, carried.includes(4095) ? 'trunk that carries VLAN 4095' : null);
      return trunk(null, `native VLAN ${tag ?? 0}`);
    default:
      // native-tagged: untagged frames are taken into the native VLAN, yet leave it tagged. dot1q-tunnel: QinQ.
      return trunk(null, `vlan_mode ${mode}`);
  }
}

/**
 * The columns that mean exactly `settings`.
 * Throws `switch_unsupported` for what Open vSwitch cannot do, `switch_bad_settings` for what nothing can.
 */
export function columnsFor(portId: string, settings: PortSettings): VlanColumns {
  const { untagged, tagged } = settings;
  const refuse = (code: string, message: string) => new FabricError(code, message, { context: { portId } });
  const bad = [...tagged, ...(untagged === null ? [] : [untagged])].find((vlan) => !valid(vlan));
  if (bad !== undefined) throw refuse('switch_bad_settings', `VLAN ${bad} for port ${portId} is not within 1..4094.`);
  if (settings.mode === 'access') {
    if (untagged === null || tagged.length > 0) {
      throw refuse(
        'switch_bad_settings',
        `An access port carries exactly one VLAN, untagged; port ${portId} was to differ.`,
      );
    }
    if (!settings.adminUp) {
      return { tag: untagged, trunks: [RESERVED_VLAN], vlanMode: 'trunk', isProtected: true };
    }
    return { tag: untagged, trunks: [], vlanMode: 'access', isProtected: false };
  }
  if (!settings.adminUp) {
    throw refuse(
      'switch_unsupported',
      `Port ${portId} cannot be shut down as a trunk: Open vSwitch has no shutdown. Shut it down as an access port.`,
    );
  }
  // The native VLAN is listed too: with an empty list every mode but access carries all VLANs.
  const trunks = [...new Set(untagged === null ? tagged : [...tagged, untagged])].sort((a, b) => a - b);
  if (trunks.length === 0) {
    throw refuse(
      'switch_unsupported',
      `Port ${portId} cannot be a trunk of no VLAN: Open vSwitch takes an empty list for all VLANs. Use the quarantine VLAN.`,
    );
  }
  return untagged === null
    ? { tag: null, trunks, vlanMode: 'trunk', isProtected: false }
    : { tag: untagged, trunks, vlanMode: 'native-untagged', isProtected: false };
}

function isShut({ trunks, isProtected }: VlanColumns): boolean {
  return isProtected && trunks.length === 1 && trunks[0] === RESERVED_VLAN;
}

function valid(vlan: number | null): vlan is number {
  return vlan !== null && Number.isInteger(vlan) && vlan >= 1 && vlan <= 4094;
}
