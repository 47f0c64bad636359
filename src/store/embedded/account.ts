import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** Who the server runs as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** In this order; initdb refuses a uid that the password file does not know. */
const CANDIDATES = ['switchyard', 'postgres', 'nobody'];

/** PostgreSQL refuses to run as root: the account to drop to, or null when this process is not root. */
export async function serverAccount(): Promise<Account | null> {
  if (process.geteuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const candidate of CANDIDATES) {
    const fields = lines.find((line) => line[0] === candidate);
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (fields && Number.isInteger(uid) && uid > 0 && Number.isInteger(gid)) return { name: candidate, uid, gid };
  }
  throw new FabricError(
    'store_account_missing',
    'PostgreSQL does not run as root, and this system has no account to run it as. Create one with ' +
      '`useradd --system --no-create-home switchyard`, or set database.url.',
  );
}

/** Refuses a directory that `account` cannot enter, naming the ancestor that is closed. */
export async function requireReachable(directory: string, account: Account): Promise<void> {
  for (let at = directory; ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) {
      throw new FabricError(
        'store_directory_unreachable',
        `Started as root, PostgreSQL runs as ${account.name}, who may not enter ${at} (mode ${(mode & 0o7777).toString(8)}). ` +
          `Choose a data directory elsewhere, such as /var/lib/switchyard, or run \`chmod o+x ${at}\`.`,
        { context: { directory: at, account: account.name } },
      );
    }
    if (at === dirname(at)) return;
  }
}
