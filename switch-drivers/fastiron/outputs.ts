import type { OutputReader } from '../contract/rows.ts';
import { interfacesBrief } from './readers/interfaces-brief.ts';
import { lag, lagBrief } from './readers/lag.ts';
import { lldp } from './readers/lldp.ts';
import { lldpDetail } from './readers/lldp-detail.ts';
import { macTable } from './readers/mac-table.ts';
import { portConfig, vlanConfig } from './readers/port-config.ts';
import { trunk } from './readers/trunk.ts';
import { version } from './readers/version.ts';
import { vlan } from './readers/vlan.ts';
import { vlanBrief } from './readers/vlan-brief.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlan,
  vlanBrief,
  vlanConfig,
  portConfig,
  interfacesBrief,
  lag,
  lagBrief,
  trunk,
  lldp,
  lldpDetail,
  macTable,
];
