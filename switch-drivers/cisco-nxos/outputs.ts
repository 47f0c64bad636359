import type { OutputReader } from '../contract/rows.ts';
import { interfaceBrief } from './readers/interface-brief.ts';
import { interfaceStatus } from './readers/interface-status.ts';
import { interfaceSwitchport } from './readers/interface-switchport.ts';
import { macTable } from './readers/mac-table.ts';
import { neighborTable } from './readers/neighbor-table.ts';
import { neighborsDetail } from './readers/neighbors.ts';
import { portChannels } from './readers/port-channels.ts';
import { portConfig } from './readers/port-config.ts';
import { version } from './readers/version.ts';
import { vlans } from './readers/vlans.ts';
import { vnis, vniTable } from './readers/vnis.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  interfaceStatus,
  interfaceBrief,
  interfaceSwitchport,
  portConfig,
  portChannels,
  neighborsDetail,
  neighborTable,
  macTable,
  vnis,
  vniTable,
];
