import type { OutputReader } from '../contract/rows.ts';
import { interfaceBrief } from './readers/interface-brief.ts';
import { interfaces } from './readers/interfaces.ts';
import { linkAggregation } from './readers/link-aggregation.ts';
import { macTable } from './readers/mac-table.ts';
import { neighborList } from './readers/neighbor-list.ts';
import { neighbors } from './readers/neighbors.ts';
import { portConfig } from './readers/port-config.ts';
import { version } from './readers/version.ts';
import { vlanBrief } from './readers/vlan-brief.ts';
import { vlans } from './readers/vlans.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  vlanBrief,
  interfaceBrief,
  interfaces,
  linkAggregation,
  neighbors,
  neighborList,
  macTable,
  portConfig,
];
