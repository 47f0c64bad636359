import { line } from '../transports/ssh-cli/guard.ts';
import { switchportOrder } from '../transports/ssh-cli/switchport-order.ts';

export const order = switchportOrder({
  // IEEE 802.1Q leaves them free.
  reserved: [[1002, 1005, 'IOS keeps it for FDDI and Token Ring']],
  vlanUp: [line`state active`],
  // What is silent negotiates its mode (DTP).
  accessIsDefault: false,
  // IOS takes lines of up to 254 characters.
  listLength: 200,
});
