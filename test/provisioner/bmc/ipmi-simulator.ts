import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const ipmiSimInstalled = ['ipmi_sim', 'ipmitool'].every((program) => {
  try {
    execFileSync('which', [program], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
});

export interface IpmiSimulator extends AsyncDisposable {
  port: number;
  /** What the chassis was told, oldest first, e.g. "power 1". */
  log(): Promise<string[]>;
}

export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** ipmi_sim with a chassis that only remembers its power state. User admin/password. */
export async function startIpmiSimulator(): Promise<IpmiSimulator> {
  const dir = await mkdtemp(path.join(tmpdir(), 'switchyard-ipmi-'));
  const port = await freeUdpPort();
  const chassis = path.join(dir, 'chassis.sh');
  await mkdir(path.join(dir, 'state'));
  await writeFile(path.join(dir, 'log'), '');
  await writeFile(
    chassis,
    `#!/bin/sh
D=${dir}
case $1 in
get) shift; for p in "$@"; do case $p in power) echo power:$(cat $D/power 2>/dev/null || echo 0);; boot) echo boot:$(cat $D/boot 2>/dev/null || echo none);; esac; done;;
set) shift; echo "$@" >> $D/log; case $1 in power|boot) echo $2 > $D/$1;; esac;;
esac
exit 0
`,
  );
  await chmod(chassis, 0o755);
  await writeFile(
    path.join(dir, 'lan.conf'),
    `name "bmc"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 ${port}
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid a123456789abcdefa123456789000001
  endlan
  chassis_control "${chassis}"
  user 1 true "" "" user 10 none md2 md5 straight
  user 2 true "admin" "password" admin 10 none md2 md5 straight
`,
  );
  await writeFile(
    path.join(dir, 'sim.emu'),
    'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x20 1 0 0x9f 0x0001 0x0001 persist_sdr\nmc_enable 0x20\n',
  );
  const child = spawn(
    'ipmi_sim',
    ['-n', '-c', path.join(dir, 'lan.conf'), '-f', path.join(dir, 'sim.emu'), '-s', path.join(dir, 'state')],
    {
      stdio: 'ignore',
    },
  );
  await sleep(300);
  return {
    port,
    log: async () => (await readFile(path.join(dir, 'log'), 'utf8')).split('\n').filter((line) => line !== ''),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
