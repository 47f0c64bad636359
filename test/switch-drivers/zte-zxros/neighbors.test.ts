import { expect, test } from 'vitest';
import { read } from './read.ts';

test('neighbours: table, brief and entries', () => {
  const table = read(
    'show lldp neighbor',
    [
      'The total neighbor number:1',
      'Capability Codes:',
      '                  N - Other, r - Repeater, B - Bridge, W - WLAN Access Point,',
      '                  S - Station Only',
      'Local-Port    Chassis-ID    Holdtime Capability Platform         Peer-Port',
      '--------------------------------------------------------------------------------',
      'fei-0/20/0/1  00eeff101030  82       B R        M6000v2.00.20(2. fei-0/20/0/1',
      '                                                2.0), ZXR10, ..  ',
    ].join('\n'),
  );
  expect(table.unparsed).toEqual([]);
  expect(table.rows).toMatchObject([
    { portId: 'fei-0/20/0/1', chassisIdSubtype: 4, chassisId: '00:ee:ff:10:10:30', remotePortId: 'fei-0/20/0/1' },
  ]);

  const brief = read(
    'show lldp neighbor brief',
    [
      '23:10:28 Indonesia Wed Jul 29 2026',
      'Scope codes:',
      '    NB    = Nearest Bridge',
      'Total neighbors: 2',
      'Local Interface   Scope  Chassis ID      Port ID           Holdtime  System Name',
      '------------------------------------------------------------------------------',
      'xgei-1/1/0/1     NB     026e.8219.bc57  xgei-1/1/0/26     100       CSR1 6120',
      '                                                                    HSC',
      'cgei-1/1/0/34     NB     744a.a42d.8970  Ethernet 1/7      91',
    ].join('\n'),
  );
  expect(brief.unparsed).toEqual([]);
  expect(brief.rows).toMatchObject([
    {
      portId: 'xgei-1/1/0/1',
      chassisId: '02:6e:82:19:bc:57',
      remotePortId: 'xgei-1/1/0/26',
      systemName: 'CSR1 6120HSC',
    },
    { portId: 'cgei-1/1/0/34', remotePortId: 'Ethernet 1/7', systemName: null },
  ]);

  const entries = read(
    'show lldp entry',
    [
      '--------------------------------------------------------',
      ' Local Port: gei-0/1/0/4 | Interface Name',
      ' Group MAC address: Nearest Bridge | MAC Address',
      ' Chassis ID: 00eeff101000 | MAC Address',
      ' Peer Port: gei-0/1/0/5 Nearest Bridge | Interface Name',
      ' TTL: 1 | Time to live',
      ' Port Description: Port name gei-0/1/0/4, PortPhyStatus is up',
      ' System Name: ZXR10',
      ' System Description: M6000v2.00.20(2.2.0), ZXR10,',
      ' second line',
      ' System Capability: Bridge, Router',
      ' Management Address: IPv4 - 10.0.0.7, ifIndex - 0, OID - Null',
      'LLDP DOT3-TLV INFO:',
      '  MAC/PHY Cfg/Status TLV:',
      '     auto-negotiation Support/Status: 3',
      ' Novelty: 1',
    ].join('\n'),
  );
  expect(entries.unparsed).toEqual([' Novelty: 1']);
  expect(entries.rows).toMatchObject([
    {
      portId: 'gei-0/1/0/4',
      chassisIdSubtype: 4,
      chassisId: '00:ee:ff:10:10:00',
      portIdSubtype: 5,
      remotePortId: 'gei-0/1/0/5',
      systemName: 'ZXR10',
      systemDescription: 'M6000v2.00.20(2.2.0), ZXR10,\nsecond line',
      managementAddresses: ['10.0.0.7'],
    },
  ]);
});

test('MAC tables', () => {
  const zxros = read(
    'show mac table',
    [
      'Total MAC Address : 1',
      'MAC            VLAN  Port          Type',
      '00d0.d0c0.0001 100   xgei-1/1/0/1  Dynamic',
      '',
    ].join('\n'),
  );
  expect(zxros).toEqual({
    rows: [{ mac: '00:d0:d0:c0:00:01', vlan: 100, portId: 'xgei-1/1/0/1', kind: 'dynamic' }],
    unparsed: [],
  });
  const ros = read(
    'show mac',
    [
      ' Total MAC Address : 2',
      ' Flags: Per - permanent, Stc - static,',
      '        Sav - auto saved mac address,',
      '        0,LEARN; 1,CONFIG',
      '  MAC-Address  Vlan-Id   Port    Per Stc ToP ToS Sav SrF DsF Frm      Time',
      '-----',
      '8416.1122.bcff   70      gei_1/1  0   1   0   0   0   0   0   1   0:00:01:02',
      '8416.1122.bcfe   70      gei_1/2  0   0   0   0   0   0   0   0   0:00:01:02',
      '',
    ].join('\n'),
  );
  expect(ros.unparsed).toEqual([]);
  expect(ros.rows).toMatchObject([
    { vlan: 70, kind: 'static' },
    { vlan: 70, portId: 'gei_1/2', kind: 'dynamic' },
  ]);
});
