import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildLinkMap,
  checkPortEvidence,
  type KnownSwitch,
  type LinkEvidence,
} from '../../../topology/links/link-map.ts';
import { compareLocalLink, evidenceOf, localLinkOf } from '../../../topology/links/local-link.ts';
import { decode, encode, type Tlv } from '../../../topology/lldp/index.ts';

const nic = '52:54:00:aa:00:01';
const other = '52:54:00:aa:00:02';
const leaf: KnownSwitch = {
  id: 'leaf',
  chassisIds: ['52:54:00:00:00:01', 'leaf-mgmt'],
  ports: [
    { portId: 'Ethernet1/1', aliases: ['00:11:22:33:44:01'] },
    { portId: 'Ethernet1/2', aliases: ['00:11:22:33:44:02'] },
    { portId: 'swp1', aliases: ['uplink'] },
    { portId: 'swp2', aliases: ['uplink'] },
  ],
};
const box: KnownSwitch = { id: 'box', chassisIds: ['box-7'], ports: [{ portId: '1/1', aliases: [] }] };
const switches = [leaf, box];

const claim = (port: string, fields: Partial<LinkEvidence> & { chassisId?: string } = {}): LinkEvidence => {
  const { chassisId = '52:54:00:00:00:01', ...rest } = fields;
  return {
    source: 'host-lldp',
    nicMac: nic,
    chassis: { subtype: null, value: chassisId },
    port: { subtype: null, value: port },
    systemName: null,
    seenAt: 1_000_000,
    ...rest,
  };
};
const linkOf = (...evidence: LinkEvidence[]) => buildLinkMap(evidence, switches).get(evidence[0]?.nicMac ?? '');

const unit = (chassis: [number, string], port: [number, string], seconds = 120) => {
  const octets = (text: string) => new Uint8Array(Buffer.from(text));
  const tlvs: Tlv[] = [
    { kind: 'chassis-id', subtype: chassis[0], id: octets(chassis[1]) },
    { kind: 'port-id', subtype: port[0], id: octets(port[1]) },
    { kind: 'ttl', seconds },
    { kind: 'system-name', text: 'box' },
    { kind: 'end' },
  ];
  return decode(encode({ tlvs }));
};
const heard = { source: 'host-lldp', nicMac: nic, seenAt: 1 } as const;

test('a switch with a locally assigned chassis id and port components is mapped', () => {
  const evidence = evidenceOf(unit([7, 'box-7'], [2, '1/1']), heard);
  if (!evidence) throw new Error('no evidence');
  expect(evidence).toMatchObject({ chassis: { subtype: 7, value: 'box-7' }, port: { subtype: 2, value: '1/1' } });
  expect(linkOf(evidence)).toMatchObject({ switchId: 'box', portId: '1/1', confidence: 'heard' });
  expect(localLinkOf(evidence, switches)).toEqual({ switch_id: 'box-7', port_id: '1/1', switch_info: 'box' });
});

test('a good-bye, and a unit without an id, are no evidence', () => {
  expect(evidenceOf(unit([7, 'box-7'], [2, '1/1'], 0), heard)).toBeNull();
  expect(evidenceOf(decode(new Uint8Array([0, 0])), heard)).toBeNull();
});

test.each([
  ['host-lldp', 'heard'],
  ['switch-lldp', 'heard'],
  ['operator', 'stated'],
  ['mac-table', 'learned'],
] as const)('evidence of %s alone is %s', (source, confidence) => {
  expect(linkOf(claim('Eth1/1', { source }))).toMatchObject({ portId: 'Ethernet1/1', confidence, contradictions: [] });
});

test('two sources that agree in any spelling confirm a link; the same source twice does not', () => {
  const operator = claim('0011.2233.4401', { source: 'operator', chassisId: 'leaf-mgmt' });
  expect(linkOf(claim('Eth1/1'), operator)).toMatchObject({ switchId: 'leaf', confidence: 'confirmed' });
  expect(linkOf(claim('Eth1/1'), claim('Et1/1', { seenAt: 2_000_000 }))).toMatchObject({ confidence: 'heard' });
});

test('LLDP goes before the operator, the newer before the older, and the disagreement is told', () => {
  const operator = claim('Eth1/2', { source: 'operator', seenAt: 9_000_000 });
  expect(linkOf(operator, claim('Eth1/1'))).toMatchObject({
    portId: 'Ethernet1/1',
    confidence: 'contradicted',
    contradictions: [{ kind: 'moved' }],
  });
  const later = claim('Eth1/2', { seenAt: 2_000_000 });
  expect(linkOf(claim('Eth1/1'), later)).toMatchObject({
    portId: 'Ethernet1/2',
    contradictions: [{ kind: 'moved' }],
  });
});

test('two neighbours at once on one NIC are something between NIC and switch', () => {
  const found = linkOf(claim('Eth1/1'), claim('1/1', { chassisId: 'box-7', seenAt: 1_030_000 }));
  expect(found).toMatchObject({ confidence: 'contradicted', contradictions: [{ kind: 'two-neighbours' }] });
});

test('two NICs on one port contradict each other, and rule 7 keeps tenants off that port only', () => {
  const links = buildLinkMap(
    [claim('Eth1/1'), claim('Ethernet1/1', { nicMac: other }), claim('Eth1/2', { nicMac: '52:54:00:aa:00:03' })],
    switches,
  );
  expect([...links.values()].map(({ confidence }) => confidence)).toEqual(['contradicted', 'contradicted', 'heard']);
  expect(checkPortEvidence(links, 'leaf', 'Ethernet1/1')).toMatchObject([{ rule: 7 }, { rule: 7 }]);
  expect(checkPortEvidence(links, 'leaf', 'Ethernet1/2')).toEqual([]);
  expect(checkPortEvidence(links, 'box', 'Ethernet1/1')).toEqual([]);
});

test.each([
  ['a switch nobody registered', claim('Eth1/1', { chassisId: 'stranger' }), null],
  ['a port the switch does not have', claim('Eth1/9'), 'leaf'],
  ['a name of two ports', claim('uplink'), 'leaf'],
])('%s leads to no known port', (_, evidence, switchId) => {
  expect(linkOf(evidence)).toMatchObject({ switchId, portId: null, confidence: 'unknown', contradictions: [] });
});

test('claims about a port nobody registered are compared by grammar and by switch, too', () => {
  const stranger = { chassisId: '52:54:00:00:00:09' };
  const same = claim('Ethernet7', { source: 'operator', chassisId: '5254.0000.0009' });
  expect(linkOf(claim('Et7', stranger), same)).toMatchObject({ confidence: 'unknown', contradictions: [] });
  const renamed = claim('Ethernet1/9', { source: 'operator', chassisId: 'leaf-mgmt' });
  expect(linkOf(claim('Eth1/9'), renamed)?.contradictions).toEqual([]);
});

test('whatever is claimed, in any order: names out of the list, and contradicted just when there is a contradiction', () => {
  const evidence = fc.record({
    source: fc.constantFrom('host-lldp' as const, 'switch-lldp' as const, 'operator' as const, 'mac-table' as const),
    nicMac: fc.constantFrom(nic, other),
    chassis: fc.record({
      subtype: fc.constant(null),
      value: fc.constantFrom('52:54:00:00:00:01', 'leaf-mgmt', 'box-7', 'stranger'),
    }),
    port: fc.record({
      subtype: fc.constant(null),
      value: fc.constantFrom('Eth1/1', 'Ethernet1/2', '1/1', 'uplink', 'rm -rf', '0011.2233.4402'),
    }),
    systemName: fc.constant(null),
    seenAt: fc.nat(1_000_000),
  });
  fc.assert(
    fc.property(fc.uniqueArray(evidence, { maxLength: 6, selector: ({ seenAt }) => seenAt }), (claims) => {
      const links = buildLinkMap(claims, switches);
      expect([...links.keys()].sort()).toEqual([...new Set(claims.map(({ nicMac }) => nicMac))].sort());
      for (const link of links.values()) {
        const known = switches.find(({ id }) => id === link.switchId);
        if (link.portId !== null) expect(known?.ports.map(({ portId }) => portId)).toContain(link.portId);
        expect(link.confidence === 'contradicted').toBe(link.contradictions.length > 0);
        const reversed = buildLinkMap([...claims].reverse(), switches).get(link.nicMac);
        expect(reversed).toMatchObject({
          switchId: link.switchId,
          portId: link.portId,
          confidence: link.confidence,
          evidence: link.evidence,
        });
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['the same port, spelt otherwise', claim('Et1/1'), { switch_id: 'leaf-mgmt', port_id: 'Ethernet1/1' }, 'agree'],
  ['its MAC alias', claim('0011.2233.4401'), { switch_id: '5254.0000.0001', port_id: 'Ethernet1/1' }, 'agree'],
  ['another port', claim('Et1/2'), { switch_id: '52:54:00:00:00:01', port_id: 'Ethernet1/1' }, 'contradict'],
  ['another switch', claim('1/1', { chassisId: 'box-7' }), { switch_id: 'leaf-mgmt', port_id: '1/1' }, 'contradict'],
  ['nothing recorded', claim('Et1/1'), {}, 'unknown'],
  [
    'an unregistered switch, same port',
    claim('Et1', { chassisId: 'stranger' }),
    { switch_id: 'stranger', port_id: 'Ethernet1' },
    'agree',
  ],
  [
    'an unregistered switch, other port',
    claim('Et2', { chassisId: 'stranger' }),
    { switch_id: 'stranger', port_id: 'Ethernet1' },
    'contradict',
  ],
  [
    'ids of two kinds',
    claim('00:11:22:33:44:99', { chassisId: 'stranger' }),
    { switch_id: 'stranger', port_id: 'Ethernet1' },
    'unknown',
  ],
])('what is heard against what is recorded: %s', (_, fresh, recorded, verdict) => {
  expect(compareLocalLink(fresh, recorded, switches).verdict).toBe(verdict);
});

test('silence is unknown, not agreement', () => {
  expect(compareLocalLink(null, { switch_id: 'leaf-mgmt', port_id: 'swp1' }, switches).verdict).toBe('unknown');
});
