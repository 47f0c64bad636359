import { expect, test } from 'vitest';
import { read } from './read.ts';

test('VLANs without ELS: lists by commas, a VLAN without a tag', () => {
  const { rows, unparsed } = read(
    'show vlans',
    [
      'Name           Tag     Interfaces',
      'default        None',
      '                       ge-0/0/34.0, ge-0/0/33.0',
      'employee       20',
      '                       ge-0/0/0.0*, ae0.0*,',
      '                       xe-0/1/0.0',
      'empty          30',
      '                       None',
      '',
      '{master:0}',
      'user@sw> ',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      vlan: 20,
      name: 'employee',
      active: null,
      ports: ['ge-0/0/0', 'ae0', 'xe-0/1/0'].map((portId) => ({ portId, tagged: null })),
    },
    { vlan: 30, name: 'empty', active: null, ports: [] },
  ]);
});

test('VLANs with ELS: no tag, overlay members', () => {
  const { rows, unparsed } = read(
    'show vlans | no-more',
    [
      'Routing instance        VLAN name             Tag          Interfaces',
      'default-switch          default               NA',
      '                                                           ge-0/0/4.0',
      'default-switch          v10                   10',
      '                                                           esi.1805*',
      '                                                           vtep.32770*',
      '                                                           et-0/0/0:1.0*',
      'default-switch          bad                   4095',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['default-switch          bad                   4095']);
  expect(rows).toEqual([{ vlan: 10, name: 'v10', active: null, ports: [{ portId: 'et-0/0/0:1', tagged: null }] }]);
});

test('VLANs in full', () => {
  const { rows, unparsed } = read(
    'show vlans extensive',
    [
      'Routing instance: default-switch',
      'VLAN Name: v100                          State: Active',
      'Tag: 100',
      'Internal index: 2, Generation Index: 2, Origin: Static',
      'MAC aging time: 300 seconds',
      'Layer 3 interface: irb.100',
      'VXLAN Enabled : No',
      'Interfaces:',
      '    ge-0/0/0.0*,tagged,trunk',
      '    ge-0/0/1.0,untagged,access',
      'Number of interfaces: Tagged 1    , Untagged 1',
      'Total MAC count: 0',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toEqual([
    {
      vlan: 100,
      name: 'v100',
      active: true,
      ports: [
        { portId: 'ge-0/0/0', tagged: true },
        { portId: 'ge-0/0/1', tagged: false },
      ],
    },
  ]);
});

test('switching interfaces with ELS', () => {
  const { rows, unparsed } = read(
    'show ethernet-switching interface',
    [
      'Logical Interface flags (DL - disable learning, AD - packet action drop,',
      '                         LH - MAC limit hit, DN - interface down,',
      '                         MMAS - Mac-move action shutdown,  AS - Autostate-exclude enabled,',
      '                         SCTL - shutdown by Storm-control, MI - MAC+IP limit hit)',
      '',
      'Logical         Vlan                   TAG   MAC    MAC+IP STP         Logical          Tagging',
      'interface       members                      limit  limit  state       interface flags',
      'Routing Instance Name : default-switch',
      'ge-0/0/0.0                                   65536  0                  DN               untagged',
      '                vlan-110               110   65536  0      Discarding                   untagged',
      'ge-0/0/1.0                                   65536  0                                   tagged',
      '                default                      1024   0      Forwarding                   untagged',
      '                v30                    30    65536  0      Forwarding                   tagged',
      '                v20                    20    65536  0      Forwarding                   tagged',
      'something else entirely',
    ].join('\n'),
  );
  expect(unparsed).toEqual(['something else entirely']);
  expect(rows).toMatchObject([
    { portId: 'ge-0/0/0', operUp: false, mode: 'access', untagged: 110, tagged: [] },
    { portId: 'ge-0/0/1', operUp: true, mode: 'trunk', untagged: null, tagged: [20, 30] },
  ]);
});

test('interfaces in short', () => {
  const { rows, unparsed } = read(
    'show interfaces terse',
    [
      'Interface               Admin Link Proto    Local                 Remote',
      'ge-0/0/0                up    up',
      'ge-0/0/0.0              up    up   aenet    --> ae0.0',
      'ge-0/0/1                down  down',
      'ae0                     up    up',
      'ae0.0                   up    up   eth-switch',
      'irb.10                  up    up   inet     192.168.10.254/24',
      '                                   multiservice',
      '                                   fe80::1/64',
      'lo0.16384               up    up   inet     127.0.0.1           --> 0/0',
      '',
    ].join('\n'),
  );
  expect(unparsed).toEqual([]);
  expect(rows).toMatchObject([
    { portId: 'ge-0/0/0', adminUp: true, operUp: true, lag: 'ae0' },
    { portId: 'ge-0/0/1', adminUp: false, operUp: false, lag: null },
    { portId: 'ae0' },
  ]);
});
