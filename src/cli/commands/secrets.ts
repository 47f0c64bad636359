import type { Command } from 'commander';
import type { Rotation } from '../../store/secrets/rotate.ts';
import type { KeyStatus, SecretsStatus } from '../../store/secrets/status.ts';
import type { DataDirOptions } from '../data-dir.ts';
import { withDataDir } from '../data-dir.ts';
import { print } from '../output/print.ts';
import { renderTable } from '../output/table.ts';
import { withDatabase } from '../with-database.ts';

export function addSecrets(program: Command): void {
  const group = program.command('secrets').description("the keys that seal passwords in the controller's database");
  withDataDir(group.command('status').description('keys, and how many values each of them seals')).action(status);
  withDataDir(
    group
      .command('rotate')
      .description('make a new key and seal everything with it; the older keys stay until --finish')
      .option('--finish', 'no new key: seal what still has an older one with the current, and drop the older keys')
      .option('--forget-lost', 'give up what no key opens; its passwords must be set again'),
  ).action(rotate);
}

async function status(options: DataDirOptions, command: Command): Promise<void> {
  const { secretsStatus } = await import('../../store/secrets/status.ts');
  const found = await withDatabase(options, ({ db, config }) => secretsStatus(db, config.secrets));
  print(command, found, () => statusText(found));
}

function statusText({ source, keys, plain, damaged }: SecretsStatus): string {
  const table = renderTable<KeyStatus>(
    [
      { title: 'Key', value: ({ id }) => id },
      {
        title: 'State',
        value: ({ state }) => state,
        style: ({ state }) => (state === 'missing' ? 'bad' : state === 'current' ? 'good' : null),
      },
      { title: 'Values', value: ({ values }) => values, align: 'right' },
    ],
    keys,
  );
  const remarks = [
    source === null ? 'There is no key file: the first start of a controller makes it.' : `Keys from ${source}`,
    plain > 0 && `${plain} values lie plain: the next start of a controller seals them.`,
    damaged > 0 && `${damaged} values are damaged: set these passwords again.`,
    keys.some(({ state }) => state === 'missing') &&
      'Values of a missing key do not open: put the key back. If no copy is left: switchyard secrets rotate --forget-lost',
    keys.some(({ state, values }) => state === 'older' && values === 0) &&
      'An older key that seals nothing is dropped by: switchyard secrets rotate --finish',
  ];
  return [table, '', ...remarks.filter((remark) => remark !== false)].join('\n');
}

interface RotateFlags extends DataDirOptions {
  finish?: boolean;
  forgetLost?: boolean;
}

async function rotate(options: RotateFlags, command: Command): Promise<void> {
  const { rotateSecrets } = await import('../../store/secrets/rotate.ts');
  const { finish, forgetLost } = options;
  const rotation = await withDatabase(options, async ({ db, config }) => ({
    ...(await rotateSecrets(db, config.secrets, { finish, forgetLost })),
    file: 'keyFile' in config.secrets ? config.secrets.keyFile : null,
  }));
  print(command, rotation, () => rotationText(rotation));
}

function rotationText({ current, values, kept, dropped, forgotten, file }: Rotation & { file: string | null }): string {
  const dropOlder =
    file === null
      ? 'take them out of the variable when `switchyard secrets status` shows no value of theirs'
      : 'drop them with: switchyard secrets rotate --finish';
  const lines = [
    `${values} values were sealed anew; the current key is ${current}`,
    file && `Keep a copy of ${file} apart from the backups of the database. Other controllers need the same file.`,
    kept.length > 0 && `Older keys still held, for what is under way and for backups: ${kept.join(', ')}; ${dropOlder}`,
    dropped.length > 0 && `Dropped: ${dropped.join(', ')}. Backups from before need them.`,
    ...forgotten.map((place) => `Given up, set it again: ${place}`),
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}
