import { expect, test } from 'vitest';
import { isFabricError, parseRemote } from '../../../switch-drivers/transports/ovsdb/index.ts';

test.each([
  ['tcp:192.0.2.1:6640', { kind: 'tcp', host: '192.0.2.1', port: 6640 }],
  ['tcp:tor-1.example', { kind: 'tcp', host: 'tor-1.example', port: 6640 }],
  ['ssl:[2001:db8::1]:6641', { kind: 'ssl', host: '2001:db8::1', port: 6641 }],
  ['unix:/run/openvswitch/db.sock', { kind: 'unix', path: '/run/openvswitch/db.sock' }],
])('%s is understood', (text, remote) => {
  expect(parseRemote(text)).toEqual(remote);
});

test.each([
  '',
  'tcp:',
  'unix:',
  'ptcp:6640',
  'tcp:host:0',
  'tcp:host:70000',
  'tcp:2001:db8::1:6640',
  'http://h',
  'tcp:a b:1',
])('"%s" is refused with the notation to use', (text) => {
  expect(() => parseRemote(text)).toThrow(
    expect.toSatisfy(
      (error: unknown) => isFabricError(error, 'ovsdb_bad_remote') && error.message.includes('unix:PATH'),
    ),
  );
});
