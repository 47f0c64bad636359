import type { OutputReader } from '../contract/rows.ts';
import { etherchannels } from './readers/etherchannels.ts';
import { interfacesStatus } from './readers/interfaces-status.ts';
import { interfacesSwitchport } from './readers/interfaces-switchport.ts';
import { macTable } from './readers/mac-table.ts';
import { neighborTable } from './readers/neighbor-table.ts';
import { neighborsDetail } from './readers/neighbors.ts';
import { portConfig } from './readers/port-config.ts';
import { version } from './readers/version.ts';
import { oneVlan, vlans } from './readers/vlans.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  oneVlan,
  interfacesStatus,
  interfacesSwitchport,
  portConfig,
  etherchannels,
  neighborsDetail,
  neighborTable,
  macTable,
];
