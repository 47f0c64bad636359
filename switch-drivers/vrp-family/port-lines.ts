import type { PortSettings } from '../../topology/plan/model.ts';
import { sameSettings } from '../../topology/plan/settings.ts';
import { type CliLine, line } from '../transports/ssh-cli/guard.ts';
import type { OrderedLines, PortBefore } from '../transports/ssh-cli/platform.ts';
import { EVERY_VLAN, unsupported, unusedVlan, vlanId } from '../transports/ssh-cli/settings.ts';
import { type ConfiguredPort, type SettingRule, silentPort } from './configured-port.ts';
import { listLines } from './vlan-list.ts';

/** In which words a vendor of the family says what a port carries. */
export interface PortWords {
  /** How a port's block is read. */
  rules: readonly SettingRule[];
  access(vlan: number): CliLine;
  noAccess: CliLine;
  /** Adds VLANs to a trunk's list. */
  permit(list: readonly string[]): CliLine;
  forbid(list: readonly string[]): CliLine;
  pvid(vlan: number): CliLine;
  noPvid: CliLine;
  /** Does a port have to be taken back to VLAN 1 before its link type may change? Otherwise its settings go with the type. */
  clearsFirst: boolean;
  /**
   * Makes the link type negotiable again, where a port is so out of the box and is read as a trunk of everything: a change that
   * is undone must not leave a fixed one. Null: no port negotiates.
   */
  negotiate: CliLine | null;
}

/** What of a port is ours, as its block has it. */
interface Carried {
  adminUp: boolean;
  linkType: ConfiguredPort['linkType'];
  access: number;
  pvid: number;
  permitted: ReadonlySet<number>;
}

const FRESH = { access: 1, pvid: 1, permitted: new Set([1]) };

/**
 * A trunk's list is added to and taken from, and a change of the link type leads through VLAN 1: the way is worked out from
 * the port's block. On a trunk VLANs leave first, then the PVID changes, then VLANs come: no line carries what neither the
 * old nor the new settings carry.
 */
export function portLines(words: PortWords): Pick<OrderedLines, 'portSet' | 'detours'> {
  return {
    portSet(before, settings) {
      const from = carriedBy(before.block, words.rules);
      const to = destination(before, from, settings, words);
      const lines = steps(from, to, words);
      const groups = lines.length === 0 ? [] : [{ open: line`interface ${before.state.portId}`, lines }];
      return { groups, block: blockAfter(before.block, to, words) };
    },
    detours(before, settings) {
      const from = carriedBy(before.block, words.rules);
      return destination(before, from, settings, words).linkType !== from.linkType;
    },
  };
}

function carriedBy(block: readonly string[], rules: readonly SettingRule[]): Carried {
  const port = silentPort('');
  for (const text of block) {
    const rule = rules.find(([pattern]) => pattern.test(text));
    const match = rule?.[0].exec(text);
    if (match) rule?.[1](port, match);
  }
  const { row, linkType, access, trunkPvid, allowed } = port;
  return { adminUp: row.adminUp !== false, linkType, access, pvid: trunkPvid, permitted: allowed };
}

/** A port that carries already what is wanted, in whatever mode, goes up or down as it is. */
function destination({ state }: PortBefore, from: Carried, settings: PortSettings, words: PortWords): Carried {
  const { adminUp } = settings;
  return sameSettings({ ...state, adminUp }, settings) ? { ...from, adminUp } : wanted(settings, words);
}

function wanted({ adminUp, mode, untagged, tagged }: PortSettings, { negotiate }: PortWords): Carried {
  if (mode === 'access') {
    if (untagged === null || tagged.length > 0) {
      throw unsupported('access mode takes exactly one untagged VLAN and no tagged ones');
    }
    return { ...FRESH, adminUp, linkType: 'access', access: vlanId(untagged) };
  }
  if (negotiate !== null && untagged === 1 && tagged.length === EVERY_VLAN.length - 1) {
    return { ...FRESH, adminUp, linkType: null };
  }
  const permitted = new Set((untagged === null ? tagged : [...tagged, untagged]).map((vlan) => vlanId(vlan)));
  // A PVID that is not on the list drops untagged frames: the family has no other way to have none on one port.
  return { ...FRESH, adminUp, linkType: 'trunk', pvid: untagged ?? unusedVlan(tagged), permitted };
}

function steps(before: Carried, after: Carried, words: PortWords): CliLine[] {
  const changesType = before.linkType !== after.linkType;
  const lines: CliLine[] = [];
  if (changesType) {
    if (words.clearsFirst) lines.push(...cleared(before, words));
    lines.push(after.linkType === null ? words.negotiate! : line`port link-type ${after.linkType}`);
  }
  const from = changesType ? { ...before, ...FRESH } : before;
  lines.push(...(after.linkType === 'trunk' ? trunkSteps(from, after, words) : accessSteps(from, after, words)));
  if (before.adminUp && !after.adminUp) return [line`shutdown`, ...lines];
  return !before.adminUp && after.adminUp ? [...lines, line`undo shutdown`] : lines;
}

/** Back to what a port of its type has out of the box. */
function cleared(before: Carried, words: PortWords): CliLine[] {
  const fresh = { ...before, ...FRESH };
  return before.linkType === 'trunk' ? trunkSteps(before, fresh, words) : accessSteps(before, fresh, words);
}

function accessSteps(from: Carried, to: Carried, words: PortWords): CliLine[] {
  if (from.access === to.access) return [];
  return [to.access === 1 ? words.noAccess : words.access(to.access)];
}

function trunkSteps(from: Carried, to: Carried, words: PortWords): CliLine[] {
  const leaving = [...from.permitted].filter((vlan) => !to.permitted.has(vlan));
  const coming = [...to.permitted].filter((vlan) => !from.permitted.has(vlan));
  return [
    ...listLines(leaving).map(words.forbid),
    ...(from.pvid === to.pvid ? [] : [to.pvid === 1 ? words.noPvid : words.pvid(to.pvid)]),
    ...listLines(coming).map(words.permit),
  ];
}

/** The block as the device will print it, in the one form that matters here: it reads as what was wanted. */
function blockAfter(block: readonly string[], after: Carried, words: PortWords): string[] {
  const ours = /^(?:undo )?(?:shutdown$|port (?:link-type|access|default|trunk) )/;
  const fresh = { ...after, ...FRESH };
  return [
    ...block.filter((text) => !ours.test(text)),
    ...(after.linkType === null ? [] : [`port link-type ${after.linkType}`]),
    ...(after.linkType === 'trunk' ? trunkSteps(fresh, after, words) : accessSteps(fresh, after, words)),
    ...(after.adminUp ? [] : ['shutdown']),
  ];
}
