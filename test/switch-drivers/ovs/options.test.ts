import { expect, test } from 'vitest';
import driver from '../../../switch-drivers/ovs/index.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => 'aB').join(':');

test.each([
  { remote: 'unix:/run/openvswitch/db.sock', bridge: 'br0' },
  { remote: 'tcp:192.0.2.1:6640', bridge: 'br with "quotes"' },
  { remote: 'ssl:192.0.2.1:6640', bridge: 'br0', tls: { fingerprint: FINGERPRINT } },
  { remote: 'ssl:sw1', bridge: 'br0', tls: { caFile: '/ca.pem', certFile: '/c.pem', keyFile: '/k.pem' } },
])('$remote is taken', (options) => {
  expect(driver.options.parse(options)).toEqual(options);
});

test.each([
  ['a remote in no known notation', { remote: '192.0.2.1', bridge: 'br0' }, /unix:PATH/],
  ['no bridge', { remote: 'tcp:h', bridge: '' }, /bridge/],
  ['ssl without anything to trust', { remote: 'ssl:h', bridge: 'br0' }, /needs it/],
  ['an empty tls', { remote: 'ssl:h', bridge: 'br0', tls: {} }, /caFile or fingerprint/],
  ['tls that would not be used', { remote: 'tcp:h', bridge: 'br0', tls: { caFile: '/ca' } }, /ssl/],
  [
    'half a client certificate',
    { remote: 'ssl:h', bridge: 'b', tls: { caFile: '/ca', certFile: '/c' } },
    /go together/,
  ],
  ['a short fingerprint', { remote: 'ssl:h', bridge: 'b', tls: { fingerprint: 'ab:cd' } }, /32 bytes/],
  ['an unknown option', { remote: 'tcp:h', bridge: 'b', brigde: 'x' }, /brigde/],
])('%s is refused', (_what, options, message) => {
  const parsed = driver.options.safeParse(options);
  expect(parsed.success).toBe(false);
  expect(JSON.stringify(parsed.error?.issues)).toMatch(message);
});
