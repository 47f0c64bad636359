import { line } from '../transports/ssh-cli/guard.ts';
import { switchportOrder } from '../transports/ssh-cli/switchport-order.ts';

export const order = switchportOrder({
  reserved: [[3968, 4094, 'NX-OS uses it internally']],
  vlanUp: [line`state active`, line`no shutdown`],
  accessIsDefault: true,
  listLength: 200,
});
