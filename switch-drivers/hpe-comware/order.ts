import { line, safeName } from '../transports/ssh-cli/guard.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { vlanId } from '../transports/ssh-cli/settings.ts';
import { portLines } from '../vrp-family/port-lines.ts';
import { portRules } from './readers/port-config.ts';

/** Comware puts each line in force at once; with the link type, what was set for the old one is gone. */
export const order: OrderedLines = {
  mode: 'system',
  vlanCreate: (vlan, name) => [line`vlan ${vlanId(vlan)}`, line`name ${safeName(name)}`],
  ...portLines({
    rules: portRules,
    access: (vlan) => line`port access vlan ${vlan}`,
    noAccess: line`undo port access vlan`,
    permit: (list) => line`port trunk permit vlan ${list}`,
    forbid: (list) => line`undo port trunk permit vlan ${list}`,
    pvid: (vlan) => line`port trunk pvid vlan ${vlan}`,
    noPvid: line`undo port trunk pvid`,
    clearsFirst: false,
    negotiate: null,
  }),
};
