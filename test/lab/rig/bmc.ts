import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finish, inNamespace, type Service, startService, until } from './machine.ts';

const CHASSIS = fileURLToPath(new URL('./chassis.sh', import.meta.url));

export const BMC_USER = 'admin';
export const BMC_PASSWORD = 'Rack-Bottom-7';

export interface BmcOptions {
  namespace: string;
  /** Directory of the server that it controls. */
  dir: string;
  /** UDP port on the namespace's loopback. */
  port: number;
  /** The system's UUID, as its SMBIOS tells it. */
  uuid: string;
}

/** An ipmi_sim whose chassis is a QEMU server. */
export async function startBmc({ namespace, dir, port, uuid }: BmcOptions): Promise<Service> {
  await mkdir(join(dir, 'bmc'), { recursive: true });
  await writeFile(
    join(dir, 'lan.conf'),
    `name "bmc"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 ${port}
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid ${uuid.replaceAll('-', '')}
  endlan
  chassis_control "${CHASSIS} ${dir}"
  user 1 true "" "" user 10 none md2 md5 straight
  user 2 true "${BMC_USER}" "${BMC_PASSWORD}" admin 10 none md2 md5 straight
`,
  );
  await writeFile(
    join(dir, 'sim.emu'),
    'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x20 1 0 0x9f 0x0001 0x0001 persist_sdr\nsel_enable 0x20 1000 0x0a\nmc_enable 0x20\n',
  );
  const command = ['ipmi_sim', '-n', '-c', join(dir, 'lan.conf'), '-f', join(dir, 'sim.emu'), '-s', join(dir, 'bmc')];
  const service = startService(namespace, join(dir, 'bmc.log'), command);
  const answers = async () => (await ipmitool(namespace, port, ['mc', 'guid'])).code === 0;
  await until(`the BMC on port ${port} answers`, answers, { service });
  return service;
}

/** One command to a BMC, as an operator would give it. Cipher suite 3: ipmi_sim has no other. */
export function ipmitool(namespace: string, port: number, command: readonly string[]) {
  const target = ['-H', '127.0.0.1', '-p', String(port), '-U', BMC_USER, '-P', BMC_PASSWORD];
  return finish('ip', inNamespace(namespace, ['ipmitool', '-I', 'lanplus', '-C', '3', ...target, ...command]));
}
