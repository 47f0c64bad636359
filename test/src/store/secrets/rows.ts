import { randomUUID } from 'node:crypto';
import { SECRET_COLUMNS } from '../../../../src/store/secrets/columns.ts';
import type { Secrets } from '../../../../src/store/secrets/secrets.ts';
import type { Store } from '../../../../src/store/store.ts';

/** A node and a switch as earlier versions stored them; the switch also with a secret inside of an option. */
export async function addPlainRows({ db }: Store): Promise<{ node: string; leaf: string }> {
  const [node, leaf] = [randomUUID(), randomUUID()];
  const info = { ipmi_address: '192.0.2.1', ipmi_password: 'bmc-secret', ipmi_hex_kg_key: '', nested: [{ token: 5 }] };
  await db
    .insertInto('node')
    .values({ uuid: node, driver: 'ipmi', driver_info: JSON.stringify(info) })
    .execute();
  await db
    .insertInto('switch')
    .values({
      id: leaf,
      name: `leaf-${leaf}`,
      platform: 'fake',
      options: JSON.stringify({ host: 'h', tls: { caFile: '/ca', passphrase: 'tls-secret' } }),
      secrets: JSON.stringify({ password: 'ssh-secret', oddName: 'odd-secret' }),
      managed_ports: [],
      managed_vlans: '1',
    })
    .execute();
  return { node, leaf };
}

export async function stored({ db }: Store, { node, leaf }: { node: string; leaf: string }) {
  const { driver_info } = await db
    .selectFrom('node')
    .select('driver_info')
    .where('uuid', '=', node)
    .executeTakeFirstOrThrow();
  const { options, secrets } = await db
    .selectFrom('switch')
    .select(['options', 'secrets'])
    .where('id', '=', leaf)
    .executeTakeFirstOrThrow();
  return { driver_info, options, secrets };
}

/** What a driver would be given. */
export async function opened(store: Store, secrets: Secrets, rows: { node: string; leaf: string }) {
  const found = await stored(store, rows);
  return {
    ...secrets.open(SECRET_COLUMNS.driverInfo, rows.node, found.driver_info),
    ...secrets.open(SECRET_COLUMNS.switchOptions, rows.leaf, found.options),
    ...secrets.open(SECRET_COLUMNS.switchSecrets, rows.leaf, found.secrets),
  };
}

export const PLAIN = {
  ipmi_address: '192.0.2.1',
  ipmi_password: 'bmc-secret',
  ipmi_hex_kg_key: '',
  nested: [{ token: 5 }],
  host: 'h',
  tls: { caFile: '/ca', passphrase: 'tls-secret' },
  password: 'ssh-secret',
  oddName: 'odd-secret',
};
