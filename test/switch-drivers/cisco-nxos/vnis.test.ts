import { expect, test } from 'vitest';
import { vnis, vniTable } from '../../../switch-drivers/cisco-nxos/readers/vnis.ts';

test('VNIs: the table, numbers out of range', () => {
  const table = vniTable.read(
    'Codes: CP - Control Plane        DP - Data Plane\n       UC - Unconfigured         SA - Suppress ARP\n' +
      '       MS-IR - Multisite Ingress Replication\n\n' +
      'Interface VNI      Multicast-group   State Mode Type [BD/VRF]      Flags\n' +
      '--------- -------- ----------------- ----- ---- ------------------ -----\n' +
      'nve1      10010    UnicastBGP        Up    CP   L2 [10]            SA\n' +
      'nve1      50000    n/a               Down  CP   L3 [tenant]\n',
  );
  expect(table).toEqual({
    rows: [
      { vni: 10010, kind: 'l2', vlan: 10, operUp: true },
      { vni: 50000, kind: 'l3', vlan: null, operUp: false },
    ],
    unparsed: [],
  });
  expect(vnis.read('VNI: 16777216\n  VNI State           : Up\n').unparsed).toHaveLength(2);
});
