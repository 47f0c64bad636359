import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasPort, padded, portList, portsIn, withPort } from '../../../switch-drivers/transports/snmp/port-list.ts';

const port = fc.integer({ min: 1, max: 4096 });
const ports = fc.uniqueArray(port, { maxLength: 40 });
const octets = fc.uint8Array({ maxLength: 64 });

test('the most significant bit of the first octet is port 1', () => {
  expect(portsIn(Uint8Array.of(0x80, 0x01))).toEqual([1, 16]);
  expect(portList([1, 16])).toEqual(Buffer.of(0x80, 0x01));
  expect(portList([3], 4)).toEqual(Buffer.of(0x20, 0, 0, 0));
});

test('a list of ports is what it was made of', () => {
  fc.assert(
    fc.property(ports, (some) => {
      expect(portsIn(portList(some))).toEqual([...some].sort((a, b) => a - b));
    }),
  );
});

test('one bit is changed, and every other bit and octet stays', () => {
  fc.assert(
    fc.property(octets, port, fc.boolean(), (list, changed, member) => {
      const after = withPort(list, changed, member);
      expect(hasPort(after, changed)).toBe(member);
      const others = (of: Uint8Array) => portsIn(of).filter((other) => other !== changed);
      expect(others(after)).toEqual(others(list));
      expect(after.length).toBeGreaterThanOrEqual(list.length);
      if (member === hasPort(list, changed)) expect(after.subarray(0, list.length)).toEqual(Buffer.from(list));
      expect(portsIn(padded(after, 80))).toEqual(portsIn(after));
    }),
  );
});
