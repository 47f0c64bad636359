import { isSecretName } from '../../../topology/secrets/secret-name.ts';
import type { JsonObject } from '../schema.ts';
import type { Place } from './sealed.ts';

/** A jsonb column with secrets in it. */
export interface SecretColumn {
  table: 'node' | 'switch';
  key: 'uuid' | 'id';
  column: string;
  /** Is the member of this name, at this depth, a secret? */
  isSecret(name: string, depth: number): boolean;
  /** Did earlier versions store it plain? */
  wasPlain: boolean;
}

const byName = (name: string): boolean => isSecretName(name);

/** Every secret in the database. Nodes first, as the lock order wants it. */
export const SECRET_COLUMNS = {
  driverInfo: { table: 'node', key: 'uuid', column: 'driver_info', isSecret: byName, wasPlain: true },
  driverInternalInfo: {
    table: 'node',
    key: 'uuid',
    column: 'driver_internal_info',
    // The rest is read by the lifecycle itself, such as the hash of this token.
    isSecret: (name, depth) => depth === 0 && name === 'agent_secret_token',
    wasPlain: false,
  },
  switchOptions: { table: 'switch', key: 'id', column: 'options', isSecret: byName, wasPlain: true },
  switchSecrets: { table: 'switch', key: 'id', column: 'secrets', isSecret: (_, depth) => depth === 0, wasPlain: true },
} as const satisfies Record<string, SecretColumn>;

/**
 * A copy with what `change` makes of each secret; null and '' are none. A list's members share one path, so that an entry
 * may move up when another is removed.
 */
export function mapSecrets(
  column: SecretColumn,
  row: string,
  value: JsonObject,
  change: (value: unknown, place: Place) => unknown,
): JsonObject {
  const { table } = column;
  const walk = (item: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(item)) return item.map((member) => walk(member, [...path, '*']));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item).map(([name, member]) => {
        const below = [...path, name];
        const secret = column.isSecret(name, path.length) && member !== null && member !== '';
        return [
          name,
          secret ? change(member, { table, row, column: column.column, path: below }) : walk(member, below),
        ];
      }),
    );
  };
  return walk(value, []) as JsonObject;
}
