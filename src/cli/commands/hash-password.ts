import type { Command } from 'commander';
import { FabricError } from '../../../topology/error/fabric-error.ts';
import { hashPassword } from '../../auth/password.ts';
import { print } from '../output/print.ts';
import { readSecret } from '../read-secret.ts';

export function addHashPassword(program: Command): void {
  program
    .command('hash-password')
    .description('scrypt hash of a password (asked for, or the first line of standard input), for api.auth.basic.users')
    .action(async (_options: object, command: Command) => {
      const password = await readSecret('Password: ');
      if (password === '') throw new FabricError('usage_password_missing', 'An empty password is none: type one');
      const hash = await hashPassword(password);
      print(command, { password_hash: hash }, () => hash);
    });
}
