import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPassword } from '../../../src/auth/password.ts';
import { temporaryDirectory } from '../../support/store.ts';
import { run, start } from './support.ts';

const FIXTURES = fileURLToPath(new URL('../../../../shared/fixtures/lldp', import.meta.url));
const HELLO = '0180c200000e 525400000001 88cc 0207045254000000ff 0403056531 06020078 0a046c656166 0000';
let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('lldp decode', () => {
  it('prints one JSON object a frame with every TLV, from hex on standard input', async () => {
    const { code, stdout } = await run(['lldp', 'decode', '-'], { input: HELLO });
    expect(code).toBe(0);
    const frame = JSON.parse(stdout);
    expect(frame).toMatchObject({ system_name: 'leaf', ttl: 120, port_id: { value: 'e1' }, errors: [] });
    expect(frame.tlvs.map((tlv: { kind: string }) => tlv.kind)).toContain('system-name');
    const table = await run(['lldp', 'decode', '-', '--table'], { input: HELLO });
    expect(table.stdout.split('\n')[1]).toMatch(/52:54:00:00:00:01 .* e1 +120 +leaf/);
  });

  it('says what it cannot read, and where a file is missing', async () => {
    const garbage = await run(['lldp', 'decode', '-'], { input: 'no capture' });
    expect(garbage).toMatchObject({ code: 1, stdout: '' });
    expect(garbage.stderr).toContain('tcpdump -w');
    expect((await run(['lldp', 'decode', '/nonexistent'])).code).toBe(3);
  });

  it.skipIf(!existsSync(FIXTURES))('reads captures of real devices (skipped without the fixtures)', async () => {
    const { code, stdout } = await run(['lldp', 'decode', path.join(FIXTURES, 'connectx.pcap')]);
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('chassis_id.value');
  });
});

describe('the program', () => {
  it('suggests the nearest command, and documents its exit codes', async () => {
    const wrong = await run(['nod', 'list']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Did you mean node?');
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Exit codes:[\s\S]*124/);
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('completes commands, options and choices in bash', async () => {
    const { stdout } = await run(['completion', 'bash']);
    expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
    const complete = (...words: string[]): string[] => {
      const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _switchyard; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
    };
    expect(complete('switchyard', 'no')).toEqual(['node']);
    expect(complete('switchyard', '--url', 'http://x', 'node', 'val')).toEqual(['validate']);
    expect(complete('switchyard', 'switch', 'add', 'leaf1', '--phys')).toEqual(['--physical-network']);
    expect(complete('switchyard', 'switch', 'add', '--rest', '')).toEqual(['inspection', 'idle']);
  });

  it('hashes a password as the configuration wants it', async () => {
    const { stdout } = await run(['hash-password'], { input: 'geheim\nsecond line\n' });
    expect(await verifyPassword('geheim', stdout.trim())).toBe(true);
  });

  it('examines the machine: checks with stable keys, and whether a controller can start', async () => {
    const { code, stdout } = await run(['doctor', '--json', '--data-dir', path.join(directory, 'data')]);
    const { ready, checks } = JSON.parse(stdout);
    expect([code, ready]).toEqual([0, true]);
    const ids = checks.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['postgres', 'socket-path', 'program-ipmitool', 'privileged-ports']));
    for (const check of checks) {
      expect(Object.keys(check).sort()).toEqual(['fix', 'found', 'id', 'needed_for', 'ok', 'required', 'title']);
      expect(check.fix === null).toBe(check.ok);
    }
    const long = await run(['doctor', '--json', '--data-dir', path.join(directory, 'x'.repeat(120))]);
    expect(long.code).toBe(69);
    expect(JSON.parse(long.stdout).checks).toContainEqual(expect.objectContaining({ id: 'socket-path', ok: false }));
  });
});

describe('image', () => {
  it('add brings a file into the library and prints what to deploy it with', async () => {
    const [source, dataDir] = [path.join(directory, 'tiny.img'), path.join(directory, 'controller')];
    const content = Buffer.alloc(100_000, 'switchyard');
    await writeFile(source, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const wrong = await run(['image', 'add', source, '--data-dir', dataDir, '--sha256', '0'.repeat(64)]);
    expect(wrong.code).toBe(1);
    expect((await run(['image', 'list', '--json', '--data-dir', dataDir])).stdout.trim()).toBe('[]');
    const added = await run(['image', 'add', source, '--data-dir', dataDir]);
    expect(added.stdout).toContain(`--instance-info image_os_hash_value=${sha256}`);
    const [image] = JSON.parse((await run(['image', 'list', '--json', '--data-dir', dataDir])).stdout);
    expect(image).toMatchObject({ name: 'tiny', size: content.length, sha256, source_format: 'raw' });
    expect(image.instance_info.image_source).toBe(`file://${image.path}`);
    expect(await readFile(image.path)).toEqual(content);
  });
});

describe('serve', () => {
  it('starts, says where, and stops cleanly on SIGTERM', async () => {
    const env = { SWITCHYARD_PROVISIONER_HTTP_PORT: '0', SWITCHYARD_URL: 'http://127.0.0.1:1' };
    const server = start(['serve', '--data-dir', path.join(directory, 'served'), '--port', '0'], { env });
    await server.says(/is running/);
    server.kill('SIGTERM');
    const { code, stdout, stderr } = await server.ended;
    expect(stdout).toMatch(/API +http:\/\/127\.0\.0\.1:\d+/);
    expect([code, stderr.includes('"stopped"')]).toEqual([0, true]);
  });

  it('says in one message what is wrong with the configuration', async () => {
    const open = await run(['serve', '--host', '0.0.0.0', '--data-dir', path.join(directory, 'open')]);
    expect(open.code).toBe(78);
    expect(open.stderr).toContain('without authentication');
    expect(existsSync(path.join(directory, 'open'))).toBe(false);
    const secret = await run(['serve', '--database-url', 'postgresql://u:hunter2@h/d']);
    expect(secret.code).toBe(2);
    expect(secret.stderr).not.toContain('hunter2');
  });
});
