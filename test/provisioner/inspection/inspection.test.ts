import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseContinueInspection } from '../../../provisioner/inspection/continue-inspection.ts';
import { portChanges, pxeMac, validInterfaces } from '../../../provisioner/inspection/interfaces.ts';
import { interfaceLldp } from '../../../provisioner/inspection/lldp.ts';
import { matchNode, type NodeCandidate } from '../../../provisioner/inspection/match-node.ts';
import { bootModeOf, inspectedProperties } from '../../../provisioner/inspection/properties.ts';
import { parseRootDeviceHints, selectRootDisk } from '../../../provisioner/inspection/root-device.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

const gib = 2 ** 30;
const disks = [
  {
    name: '/dev/sda',
    size: 960 * gib,
    rotational: false,
    model: 'ACME SSD 960',
    serial: 'S3',
    wwn: '0x5000',
    vendor: 'ACME',
  },
  { name: '/dev/sdb', size: 4000 * gib, rotational: true, model: 'Spin 4000', serial: 'S4' },
  { name: '/dev/sdc', size: 2 * gib, rotational: false, model: 'USB' },
];
const body = () => ({
  inventory: {
    interfaces: [
      { name: 'lo', mac_address: '00:00:00:00:00:00' },
      { name: 'eno1', mac_address: '52:54:00:AA:00:01', has_carrier: true, lldp: [[1, '04aabb']] },
      {
        name: 'eno2',
        mac_address: '52:54:00:aa:00:02',
        has_carrier: false,
        lldp: [
          [2, '0565'],
          [0, ''],
          [5, 'abc'],
        ],
      },
      { name: 'ib0', mac_address: '80:00:02:08:fe:80:00:00' },
    ],
    cpu: { count: 16, architecture: 'x86_64', flags: ['vmx'] },
    memory: { total: 68_000_000_000, physical_mb: 65_536 },
    disks: [...disks, { name: 7 }],
    bmc_address: '192.0.2.50',
    system_vendor: { manufacturer: 'Contoso', product_name: 'R1', uuid: '10B8A76B-AD9D-D141-80B4-00C04FD430C8' },
    boot: { current_boot_mode: 'uefi', pxe_interface: '52:54:00:aa:00:01' },
  },
  boot_interface: '01-52-54-00-aa-00-01',
  lldp_raw: {
    eno1: [
      [1, '04885a92ec5459'],
      [2, '0545746865726e657431'],
      [3, '0078'],
    ],
  },
  logs: Buffer.from('logs').toString('base64'),
  error: null,
});

test('the body of a stock agent is read whole', () => {
  const data = parseContinueInspection(body());
  expect(data.logs?.toString()).toBe('logs');
  expect(data.inventory.disks).toHaveLength(3);
  expect(data.pluginData).not.toHaveProperty('logs');
  expect(data.pluginData).toHaveProperty('boot_interface');
  const nics = validInterfaces(data);
  expect(nics.map(({ name, macAddress, pxeEnabled }) => [name, macAddress, pxeEnabled])).toEqual([
    ['eno1', '52:54:00:aa:00:01', true],
    ['eno2', '52:54:00:aa:00:02', false],
  ]);
  expect(inspectedProperties(data.inventory, selectRootDisk(data.inventory.disks, null))).toEqual({
    cpu_arch: 'x86_64',
    cpus: 16,
    memory_mb: 65_536,
    local_gb: 959,
    vendor: 'Contoso',
  });
  expect(bootModeOf(data.inventory)).toBe('uefi');
});

test('LLDP is handed on raw, put together again as the frame carried it', () => {
  const [eno1, eno2] = interfaceLldp(parseContinueInspection(body()));
  expect(eno1!.tlvs[0]).toEqual([1, '04885a92ec5459']);
  expect(eno1!.lldpdu.toString('hex')).toBe('020704885a92ec5459' + '040a0545746865726e657431' + '06020078' + '0000');
  expect(eno2).toMatchObject({ interface: 'eno2', macAddress: '52:54:00:aa:00:02', tlvs: [[2, '0565']] });
});

test('ports follow the NICs; the PXE flag only where the boot NIC is known', () => {
  const nics = validInterfaces(parseContinueInspection(body()));
  const known = [
    { uuid: 'p2', address: '52:54:00:AA:00:02', pxeEnabled: true },
    { uuid: 'p9', address: '52:54:00:aa:00:09', pxeEnabled: true },
  ];
  expect(portChanges(nics, known)).toEqual({
    create: [{ address: '52:54:00:aa:00:01', pxeEnabled: true, name: 'eno1', clientId: null }],
    update: [{ uuid: 'p2', pxeEnabled: false }],
    absent: [known[1]],
  });
  expect(portChanges(nics, [], 'active').create.map(({ name }) => name)).toEqual(['eno1']);
  expect(portChanges(nics, [], 'pxe').create.map(({ name }) => name)).toEqual(['eno1']);
  expect(portChanges(nics, [], 'disabled').create).toEqual([]);
  const unknownBoot = nics.map((nic) => ({ ...nic, pxeEnabled: false }));
  expect(portChanges(unknownBoot, known).update).toEqual([]);
  expect(portChanges(unknownBoot, [], 'pxe').create).toHaveLength(2);
  expect(pxeMac('junk')).toBe(null);
});

test.each([
  [{}, 'inventory'],
  [{ inventory: { interfaces: [] } }, 'inventory.interfaces lists no network interface'],
  [null, ''],
  [{ ...body(), lldp_raw: 'x', inventory: { interfaces: 'x' } }, 'inventory.interfaces'],
])('data that cannot be used is refused naming the field (%#)', (bad, field) => {
  expect(() => parseContinueInspection(bad)).toThrow(
    expect.objectContaining({ code: 'inspection_data_invalid', message: expect.stringContaining(field) }),
  );
});

test('any JSON is read or refused, never worse', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (inventory, rest) => {
      for (const value of [
        rest,
        { inventory },
        {
          inventory: { interfaces: [{ name: 'a' }], disks: inventory, cpu: rest, memory: rest, lldp: rest },
          lldp_raw: rest,
        },
      ]) {
        try {
          const data = parseContinueInspection(value);
          interfaceLldp(data);
          matchNode(data.inventory, []);
        } catch (error) {
          if (!isFabricError(error, 'inspection_data_invalid')) throw error;
        }
      }
    }),
  );
  expect(() => validInterfaces(parseContinueInspection({ inventory: { interfaces: [{ name: 'lo' }] } }))).toThrow(
    expect.objectContaining({ code: 'inspection_no_interfaces' }),
  );
});

test.each([
  [{ size: 960 }, '/dev/sda'],
  [{ size: '>= 1000' }, '/dev/sdb'],
  [{ size: '= 1000' }, '/dev/sdb'],
  [{ size: '<or> 2 <or> 3' }, '/dev/sdc'],
  [{ rotational: 'true' }, '/dev/sdb'],
  [{ rotational: false, size: '> 2' }, '/dev/sda'],
  [{ model: '<in> spin' }, '/dev/sdb'],
  [{ model: '<all-in> acme 960' }, '/dev/sda'],
  [{ serial: 's!= S3', size: '< 100' }, null],
  [{ serial: 's== s4' }, '/dev/sdb'],
  [{ serial: '<or> x <or> S4' }, '/dev/sdb'],
  [{ wwn: '0x5000' }, '/dev/sda'],
  [{ name: '/dev/sdc' }, '/dev/sdc'],
  [{ hctl: '1:0:0:0' }, null],
])('root device hints %j choose %s', (hints, expected) => {
  const { inventory } = parseContinueInspection(body());
  if (expected) expect(selectRootDisk(inventory.disks, hints).name).toBe(expected);
  else
    expect(() => selectRootDisk(inventory.disks, hints)).toThrow(
      expect.objectContaining({
        code: 'root_device_not_found',
        message: expect.stringContaining('/dev/sdb (4000.0 GiB)'),
      }),
    );
});

test('without hints the smallest disk that is large enough is taken', () => {
  const { inventory } = parseContinueInspection(body());
  expect(selectRootDisk(inventory.disks, {}).name).toBe('/dev/sda');
  const tooSmall = inventory.disks.filter(({ name }) => name === '/dev/sdc');
  for (const disks of [tooSmall, []]) {
    expect(() => selectRootDisk(disks, null)).toThrow(expect.objectContaining({ code: 'root_device_not_found' }));
  }
});

test.each([
  [{ colour: 'red' }],
  [{ size: 'big' }],
  [{ size: '>= x' }],
  [{ rotational: 'maybe' }],
  [{ model: '' }],
  [{ model: {} }],
  [{ model: '<in> a <in> b' }],
])('the hint %j is refused by name', (hints) => {
  expect(() => parseRootDeviceHints(hints)).toThrow(
    expect.objectContaining({ code: 'root_device_hint_invalid', context: { hint: Object.keys(hints)[0] } }),
  );
});

test('a node is known by system UUID in either byte order, by MAC, by BMC address; contradictions are refused', () => {
  const { inventory } = parseContinueInspection(body());
  const node = (uuid: string, extra: Partial<NodeCandidate> = {}): NodeCandidate => ({
    uuid,
    macs: [],
    bmcAddresses: [],
    systemUuid: null,
    ...extra,
  });
  const byUuid = node('u', { systemUuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8', bmcAddresses: ['192.0.2.50'] });
  const byMac = node('m', { macs: ['52:54:00:AA:00:02'] });
  const byBmc = node('b', { bmcAddresses: ['192.0.2.50'] });
  expect(matchNode(inventory, [node('x'), byUuid, byBmc])).toEqual({
    matched: true,
    uuid: 'u',
    by: ['system_uuid', 'bmc_address'],
  });
  expect(matchNode(inventory, [node('x'), byMac])).toEqual({ matched: true, uuid: 'm', by: ['mac'] });
  expect(matchNode(inventory, [byBmc])).toEqual({ matched: true, uuid: 'b', by: ['bmc_address'] });
  expect(matchNode(inventory, [byMac, byUuid])).toMatchObject({
    matched: false,
    reason: 'contradiction',
    message: expect.stringContaining('mac: m'),
  });
  expect(matchNode(inventory, [byBmc, { ...byBmc, uuid: 'b2' }])).toMatchObject({
    matched: false,
    reason: 'ambiguous',
  });
  expect(matchNode(inventory, [node('x')])).toMatchObject({ matched: false, reason: 'unknown' });
});
