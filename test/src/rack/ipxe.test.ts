// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of iPXE

import { expect, test } from 'vitest';
import { readIpxe } from '../../../src/rack/ipxe.ts';

const run = (...lines: string[]) => readIpxe(['#!ipxe', ...lines].join('\n'), { mac: '02:00:00:00:00:01' });

test('kernel, initrd and boot are one boot, with variables filled in', () => {
  expect(run('kernel http://h/k BOOTIF=${mac} quiet || goto again', 'initrd http://h/i', 'boot')).toEqual({
    action: 'boot',
    kernel: 'http://h/k',
    commandLine: 'BOOTIF=02:00:00:00:00:01 quiet',
    initrd: 'http://h/i',
  });
});

test('sleep and chain ask again, exit and the end of the script leave it to the disk', () => {
  expect(run('sleep 10', 'chain http://h/boot?mac=${mac}')).toEqual({
    action: 'retry',
    seconds: 10,
    url: 'http://h/boot?mac=02:00:00:00:00:01',
  });
  expect(run('exit')).toEqual({ action: 'local-disk' });
  expect(run()).toEqual({ action: 'local-disk' });
});

test('what is no script, and a command it does not know, is said as it is', () => {
  expect(readIpxe('<html>', {})).toEqual({ action: 'unknown', line: '<html>' });
  expect(run('boot')).toEqual({ action: 'unknown', line: 'boot' });
});
