import type { OutputReader } from '../contract/rows.ts';
import { interfaceBrief } from './readers/interface-brief.ts';
import { interfaces } from './readers/interfaces.ts';
import { lags } from './readers/lags.ts';
import { lldpBrief } from './readers/lldp-brief.ts';
import { lldpDetail } from './readers/lldp-detail.ts';
import { macTable } from './readers/mac-table.ts';
import { portConfig } from './readers/port-config.ts';
import { system, version } from './readers/version.ts';
import { vlans } from './readers/vlans.ts';

/** Readers of what ArubaOS-CX prints, by command. */
export const outputs: readonly OutputReader[] = [
  version,
  system,
  vlans,
  interfaceBrief,
  interfaces,
  lags,
  lldpBrief,
  lldpDetail,
  macTable,
  portConfig,
];
