import { line, safeName } from '../transports/ssh-cli/guard.ts';
import type { OrderedLines } from '../transports/ssh-cli/platform.ts';
import { unsupported, vlanId } from '../transports/ssh-cli/settings.ts';
import { type PortWords, portLines } from '../vrp-family/port-lines.ts';
import { portRules } from './readers/port-config.ts';

/** Command Reference, "name (VLAN view)". */
const NAME_LENGTH = 31;

const words: PortWords = {
  rules: portRules,
  access: (vlan) => line`port default vlan ${vlan}`,
  noAccess: line`undo port default vlan`,
  permit: (list) => line`port trunk allow-pass vlan ${list}`,
  forbid: (list) => line`undo port trunk allow-pass vlan ${list}`,
  pvid: (vlan) => line`port trunk pvid vlan ${vlan}`,
  noPvid: line`undo port trunk pvid vlan`,
  clearsFirst: true,
  negotiate: line`undo port link-type`,
};

/** VRP 5: each line is in force at once. */
export const order: OrderedLines = {
  mode: 'system',
  vlanCreate: (vlan, name) => [line`vlan ${vlanId(vlan)}`, line`name ${vlanName(name)}`],
  ...portLines(words),
};

/** VRP 8: the same lines wait for `commit`; access is the default of every port. */
export const order8: OrderedLines = { ...order, ...portLines({ ...words, negotiate: null }) };

function vlanName(name: string): string {
  if (name.length > NAME_LENGTH) throw unsupported(`VRP takes VLAN names of ${NAME_LENGTH} characters at most`);
  return safeName(name);
}
