import { aoscx } from './aoscx/personality.ts';
import { comwareSwitch } from './comware/personality.ts';
import { eos } from './eos/personality.ts';
import { fastiron } from './fastiron/personality.ts';
import { ios } from './ios/personality.ts';
import { junos } from './junos/personality.ts';
import { linuxBridge } from './linux/personality.ts';
import { nvue } from './nvue/personality.ts';
import { nxos } from './nxos/personality.ts';
import { openconfig } from './openconfig/personality.ts';
import { os10 } from './os10/personality.ts';
import { overSsh } from './personality.ts';
import type { SimulatedPlatform } from './platform.ts';
import { qBridgeSwitch } from './snmp/personality.ts';
import { sonic } from './sonic/personality.ts';
import { overExec } from './ssh/exec-server.ts';
import { vrp5 } from './vrp/vrp5.ts';
import { vrp8 } from './vrp/vrp8.ts';
import { zxros } from './zxros/personality.ts';

/** What the simulator can be. */
export const platforms: readonly SimulatedPlatform[] = [
  overSsh(eos),
  overSsh(ios),
  overSsh(aoscx),
  overSsh(fastiron),
  overSsh(zxros),
  overSsh(nxos),
  overSsh(os10),
  overExec(linuxBridge),
  overExec(nvue),
  overExec(sonic),
  overSsh(comwareSwitch),
  overSsh(vrp5),
  overSsh(vrp8),
  junos,
  openconfig,
  qBridgeSwitch,
];
