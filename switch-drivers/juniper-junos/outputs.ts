import type { OutputReader } from '../contract/rows.ts';
import { interfacesDescriptions, interfacesTerse } from './readers/interfaces-terse.ts';
import { lacp } from './readers/lacp.ts';
import { lldp } from './readers/lldp.ts';
import { lldpDetail } from './readers/lldp-detail.ts';
import { macTable } from './readers/mac-table.ts';
import { portConfig, vlanConfig } from './readers/port-config.ts';
import { switchingInterfaces } from './readers/switching-interfaces.ts';
import { version } from './readers/version.ts';
import { vlans } from './readers/vlans.ts';
import { vlansExtensive } from './readers/vlans-extensive.ts';

export const outputs: readonly OutputReader[] = [
  version,
  vlans,
  vlansExtensive,
  vlanConfig,
  portConfig,
  interfacesTerse,
  interfacesDescriptions,
  switchingInterfaces,
  lacp,
  lldp,
  lldpDetail,
  macTable,
];
