import type { OutputReader } from '../contract/rows.ts';
import { interfacesStatusText } from './readers/interfaces-status-text.ts';
import { lldpDetailText } from './readers/lldp-detail-text.ts';
import { lldpNeighborsText } from './readers/lldp-neighbors-text.ts';
import { macTableText } from './readers/mac-table-text.ts';
import { portChannelsText } from './readers/port-channels-text.ts';
import { portConfig } from './readers/port-config.ts';
import { switchportText } from './readers/switchport-text.ts';
import { hostnameText, versionText } from './readers/version-text.ts';
import { vlansText } from './readers/vlans-text.ts';

/** Readers of EOS's text outputs; the driver itself asks for JSON where the switch can give it. */
export const outputs: readonly OutputReader[] = [
  versionText,
  hostnameText,
  vlansText,
  interfacesStatusText,
  switchportText,
  portChannelsText,
  lldpNeighborsText,
  lldpDetailText,
  macTableText,
  portConfig,
];
