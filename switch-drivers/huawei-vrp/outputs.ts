import type { OutputReader } from '../contract/rows.ts';
import { ethTrunk } from './readers/eth-trunk.ts';
import { interfaceBrief } from './readers/interface-brief.ts';
import { macTable } from './readers/mac-table.ts';
import { neighbors } from './readers/neighbors.ts';
import { portConfig } from './readers/port-config.ts';
import { portVlan } from './readers/port-vlan.ts';
import { version } from './readers/version.ts';
import { vlanBrief } from './readers/vlan-brief.ts';
import { vlans } from './readers/vlans.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  vlanBrief,
  portVlan,
  interfaceBrief,
  ethTrunk,
  neighbors,
  macTable,
  portConfig,
];
