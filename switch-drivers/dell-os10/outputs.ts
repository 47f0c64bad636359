import type { OutputReader } from '../contract/rows.ts';
import { interfaceStatus } from './readers/interface-status.ts';
import { macTable } from './readers/mac-table.ts';
import { neighborTable } from './readers/neighbor-table.ts';
import { neighborsDetail } from './readers/neighbors.ts';
import { portConfig } from './readers/port-config.ts';
import { version } from './readers/version.ts';
import { vlans } from './readers/vlans.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  interfaceStatus,
  portConfig,
  neighborsDetail,
  neighborTable,
  macTable,
];
