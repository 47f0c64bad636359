import type { OutputReader } from '../contract/rows.ts';
import { interfaceBrief } from './readers/interface-brief.ts';
import { lacp } from './readers/lacp.ts';
import { lldp, lldpBrief } from './readers/lldp.ts';
import { lldpEntry } from './readers/lldp-entry.ts';
import { macTable } from './readers/mac-table.ts';
import { portConfig, vlanConfig } from './readers/port-config.ts';
import { version } from './readers/version.ts';
import { vlan } from './readers/vlan.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlan,
  vlanConfig,
  portConfig,
  interfaceBrief,
  lacp,
  lldp,
  lldpBrief,
  lldpEntry,
  macTable,
];
