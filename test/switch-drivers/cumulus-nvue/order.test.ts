import { expect, test } from 'vitest';
import { order } from '../../../switch-drivers/cumulus-nvue/order.ts';
import { pending } from '../../../switch-drivers/cumulus-nvue/readers/pending.ts';
import type { PortSettings } from '../../../topology/plan/model.ts';
import { access, linesBetween, trunk } from '../order-lines.ts';

const lines = (before: PortSettings, settings: PortSettings) => linesBetween(order, 'swp1', before, [], settings);
const DOMAIN = 'interface swp1 bridge domain br_default';

test('the settings of the bridge domain are cleared and set anew, as one candidate', () => {
  expect(lines(access(10), access(20))).toEqual([`nv unset ${DOMAIN}`, `nv set ${DOMAIN} access 20`]);
  expect(lines(access(10), trunk(null, [20, 21, 30]))).toEqual([
    `nv unset ${DOMAIN}`,
    `nv set ${DOMAIN} untagged none`,
    `nv set ${DOMAIN} vlan 20-21,30`,
  ]);
  expect(lines(access(10), access(10, false))).toEqual(['nv set interface swp1 link state down']);
});

test('a trunk of no VLAN would get all of them, and is refused', () => {
  expect(() => lines(access(10), trunk(null, []))).toThrow(expect.objectContaining({ code: 'switch_unsupported' }));
});

test('a candidate whose list was lost is read as a trunk of all VLANs', () => {
  const domain = (br_default: object) => ({ bridge: { domain: { br_default } }, link: { state: { up: {} } } });
  const interfaces = {
    swp1: domain({ untagged: 'none' }),
    swp2: domain({ access: 20 }),
    swp3: domain({ vlan: { 10: {}, 20: {} } }),
    swp4: { link: { state: { down: {} } } },
  };
  const { ports } = pending.read([JSON.stringify(interfaces), '{"10":{},"20":{}}']);
  expect(ports).toMatchObject([
    { portId: 'swp1', mode: 'trunk', untagged: null, tagged: { length: 4094 } },
    { portId: 'swp2', mode: 'access', untagged: 20 },
    { portId: 'swp3', mode: 'trunk', untagged: 1, tagged: [10, 20] },
    { portId: 'swp4', adminUp: false, untagged: null, tagged: [] },
  ]);
});
