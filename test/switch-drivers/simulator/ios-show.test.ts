import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CliSession } from '../../../switch-drivers/transports/ssh-cli/cli-session.ts';
import { buildFrame, encode } from '../../../topology/lldp/index.ts';
import { recorded, recordedMissing } from '../device-output.ts';
import { type IosRig, send, startIos } from './ios-rig.ts';

let rig: IosRig;
let cli: CliSession;
beforeEach(async () => {
  rig = await startIos();
  cli = await rig.open();
});
afterEach(() => rig.stop());

const MAC = '52:54:00:12:b0:07';
const config = (...lines: string[]) => send(cli, 'configure terminal', ...lines, 'end');
const rows = async (command: string) => (await cli.run(command)).split('\n');

function hear(portId: string, systemName: string): void {
  const id = Buffer.from(MAC.replaceAll(':', ''), 'hex');
  const payload = encode({
    tlvs: [
      { kind: 'chassis-id', subtype: 4, id },
      { kind: 'port-id', subtype: 3, id },
      { kind: 'ttl', seconds: 120 },
      { kind: 'system-name', text: systemName },
      { kind: 'end' },
    ],
  });
  rig.sim.model.setLink(portId, true);
  rig.sim.model.forward(portId, Buffer.from(buildFrame({ source: MAC, payload })));
  rig.sim.model.forward(
    portId,
    Buffer.concat([Buffer.alloc(6, 0xff), id, Buffer.from('0806', 'hex'), Buffer.alloc(46)]),
  );
}

const HEADINGS: ReadonlyArray<readonly [command: string, heading: RegExp]> = [
  ['show vlan', /^VLAN Name +Status +Ports/],
  ['show vlan', /^VLAN Type +SAID/],
  ['show interfaces status', /^Port {6}Name +Status/],
  ['show etherchannel summary', /^Group +Port-channel/],
  ['show lldp neighbors', /^Device ID +Local Intf/],
  ['show mac address-table', /^Vlan +Mac Address +Type +Ports/],
];

test.skipIf(recordedMissing !== null).each(HEADINGS)(
  '%s has its columns (%s) where the recorded device has them',
  async (command, heading) => {
    const real = recorded('cisco_ios')
      .filter((sample) => sample.command.replace('mac-address', 'mac address') === command)
      .flatMap(({ output }) => output.split(/\r?\n/))
      .map((row) => row.trimEnd())
      .filter((row) => heading.test(row));
    expect(real.length).toBeGreaterThan(0);
    const [ours] = (await rows(command)).filter((row) => heading.test(row));
    expect(real).toContain(ours);
  },
);

test('show vlan brief: cells under their headings, ports wrapped, trunks only while they are down', async () => {
  await config(
    'vlan 10',
    'name blue',
    'interface Gi1/0/2',
    'switchport mode trunk',
    'interface Gi1/0/3',
    'sw acc vlan 10',
  );
  const before = await rows('show vlan brief');
  const vlan1 = before.findIndex((row) => row.startsWith('1   '));
  expect(before[vlan1]).toBe(`1    default${' '.repeat(26)}active    Gi1/0/1, Gi1/0/2, Gi1/0/4`);
  expect(before[vlan1 + 1]).toBe(`${' '.repeat(48)}Gi1/0/5, Gi1/0/6, Gi1/0/7`);
  expect(before).toContain(`10   blue${' '.repeat(29)}active    Gi1/0/3`);
  expect(before).toContain(`1002 fddi-default${' '.repeat(21)}act/unsup`);
  rig.sim.model.setLink('GigabitEthernet1/0/2', true);
  expect(await cli.run('show vlan brief')).not.toContain('Gi1/0/2,');
});

test('show interfaces status tells link, VLAN and speed in their columns', async () => {
  rig.sim.model.setLink('GigabitEthernet1/0/1', true);
  rig.sim.model.setLink('GigabitEthernet1/0/2', true);
  await config(
    'interface Gi1/0/1',
    'switchport mode trunk',
    'description up to the spine of rack 4',
    'int gi1/0/3',
    'shut',
  );
  const [, heading, first, second, third] = await rows('show interfaces status');
  const cell = (row: string | undefined, from: string, to?: string) =>
    row?.slice(heading!.indexOf(from), to === undefined ? undefined : heading!.indexOf(to)).trim();
  expect([first, second, third].map((row) => cell(row, 'Status', 'Vlan'))).toEqual([
    'connected',
    'connected',
    'disabled',
  ]);
  expect([first, second, third].map((row) => cell(row, 'Vlan', 'Duplex'))).toEqual(['trunk', '1', '1']);
  expect(cell(first, 'Name', 'Status')).toBe('up to the spine of');
  expect(cell(first, 'Type')).toBe('10/100/1000BaseTX');
  expect(first?.slice(53, 66)).toBe('a-full a-1000');
  expect(third?.slice(53, 66)).toBe('  auto   auto');
});

test('show interfaces switchport has the fields of a port that is up and of one that is down', async () => {
  rig.sim.model.setLink('GigabitEthernet1/0/1', true);
  await config(
    'vlan 99',
    'name native',
    'interface Gi1/0/1',
    'switchport mode trunk',
    'switchport trunk native vlan 99',
  );
  await config('interface Gi1/0/1', 'switchport trunk allowed vlan none', 'switchport nonegotiate');
  const trunk = await rows('show interfaces gigabitEthernet 1/0/1 switchport');
  expect(trunk).toEqual(
    expect.arrayContaining([
      'Name: Gi1/0/1',
      'Administrative Mode: trunk',
      'Operational Mode: trunk',
      'Operational Trunking Encapsulation: dot1q',
      'Negotiation of Trunking: Off',
      'Trunking Native Mode VLAN: 99 (native)',
      'Trunking VLANs Enabled: NONE',
    ]),
  );
  const all = (await cli.run('show interfaces switchport')).split(/\n(?=Name: )/);
  expect(all).toHaveLength(24);
  expect(all[1]).toContain('Administrative Mode: dynamic auto\nOperational Mode: down\n');
  expect(all[1]).toContain('Negotiation of Trunking: On\nAccess Mode VLAN: 1 (default)\n');
});

test('long VLAN lists go on in further lines, and name every VLAN', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => 100 + index * 2);
  await config(
    'interface Gi1/0/1',
    'switchport trunk allowed vlan none',
    ...[0, 20, 40].map((from) => `switchport trunk allowed vlan add ${ids.slice(from, from + 20).join(',')}`),
  );
  const lines = (await rows('show running-config interface Gi1/0/1')).filter((row) => row.includes('allowed'));
  expect(lines[0]).toMatch(/^ switchport trunk allowed vlan 100,102,/);
  expect(lines.slice(1).every((row) => row.startsWith(' switchport trunk allowed vlan add '))).toBe(true);
  expect(lines.every((row) => row.length < 80)).toBe(true);
  expect(lines.flatMap((row) => row.split(' ').at(-1)!.split(',').map(Number))).toEqual(ids);
  const shown = await cli.run('show interfaces Gi1/0/1 switchport');
  const list = /VLANs Enabled: ([\d,\n ]+)/.exec(shown)?.[1] ?? '';
  expect(list).toContain(',\n     ');
  expect(list.split(/,\s*/).map(Number)).toEqual(ids);
});

test('show running-config is whole, counts its bytes, and is filtered by a bar', async () => {
  await config('vlan 10', 'name blue', 'vlan 20-22', 'interface Gi1/0/1', 'description a  b', 'switchport mode access');
  const text = await cli.run('show running-config');
  const [, size, body] =
    /^Building configuration\.\.\.\n\nCurrent configuration : (\d+) bytes\n(.*\nend\n)$/s.exec(text) ?? [];
  // The transport drops the blank that IOS prints behind a list of VLANs.
  expect(Number(size)).toBe(body?.replace('vlan 20-22', 'vlan 20-22 ').length);
  expect(body).toContain('!\nvlan 20-22\n!\nvlan 10\n name blue\n!\n');
  expect(body).toContain('!\ninterface GigabitEthernet1/0/1\n description a  b\n switchport mode access\n!\n');
  const section = await rows('show running-config | section ^interface');
  expect(section.slice(0, 4)).toEqual([
    'interface GigabitEthernet1/0/1',
    ' description a  b',
    ' switchport mode access',
    'interface GigabitEthernet1/0/2',
  ]);
  expect(section.some((row) => row === '!')).toBe(false);
  expect(await rows('show run | include ^vlan 2')).toEqual(['vlan 20-22']);
  expect((await rows('show run | begin ^interface Vlan'))[0]).toBe('interface Vlan1');
  expect(await cli.run('show vlan brief | exclude Gi|fddi')).not.toMatch(/Gi1|fddi/);
  await cli.run('write');
  expect(await cli.run('show startup-config')).toMatch(/^Using \d+ out of \d+ bytes\n!\n/);
});

test('LLDP neighbours and MAC addresses are those of frames the switch saw; a long name takes its column’s blank', async () => {
  hear('GigabitEthernet1/0/3', 'server-with-a-very-long-name');
  const brief = await rows('show lldp neighbors');
  expect(brief).toContain(`server-with-a-very-lGi1/0/3        120${' '.repeat(24)}5254.0012.b007`);
  expect(brief).toContain('Total entries displayed: 1');
  expect(await cli.run('show lldp neighbors detail')).toContain(
    'Local Intf: Gi1/0/3\nChassis id: 5254.0012.b007\nPort id: 5254.0012.b007\n',
  );
  expect(await rows('show mac address-table')).toContain(' All    ffff.ffff.ffff    STATIC      CPU');
  const table = await rows('show mac address-table dynamic');
  expect(table).toContain('   1    5254.0012.b007    DYNAMIC     Gi1/0/3');
  expect(table).toContain('Total Mac Addresses for this criterion: 1');
});

test('output is paged until paging is turned off', async () => {
  const paged = await rig.open({ setup: [] });
  expect(await paged.run('show running-config')).toBe(await cli.run('show running-config'));
  const stuck = await rig.open({ setup: [], pager: undefined });
  await expect(stuck.run('show running-config', { timeoutMs: 3000 })).rejects.toMatchObject({
    context: { last: ' --More--' },
  });
});
