import { expect, test } from 'vitest';
import { isFabricError } from '../../../switch-drivers/transports/ovsdb/index.ts';
import { Replica } from '../../../switch-drivers/transports/ovsdb/replica.ts';
import { readSchema } from '../../../switch-drivers/transports/ovsdb/schema.ts';

const schema = readSchema({
  name: 'db',
  version: '1.0.0',
  tables: {
    T: {
      columns: {
        name: { type: 'string' },
        tag: { type: { key: 'integer', min: 0, max: 1 } },
        trunks: { type: { key: { type: 'integer' }, min: 0, max: 4096 } },
        ids: { type: { key: 'string', value: 'string', min: 0, max: 'unlimited' } },
      },
    },
  },
});
const columns = new Map([['T', ['name', 'tag', 'trunks', 'ids']]]);

function replica() {
  const copy = new Replica(['T']);
  return {
    row: () => copy.tables.get('T')?.get('u'),
    update2: (update: Record<string, null | object>) => copy.update2({ T: { u: update as never } }, schema, columns),
  };
}

test('columns left out of an inserted row hold their defaults', () => {
  const { row, update2 } = replica();
  update2({ insert: { name: 'p' } });
  expect(row()).toEqual({ name: 'p', tag: ['set', []], trunks: ['set', []], ids: ['map', []] });
});

test('a set changes by symmetric difference, also when the difference is a bare atom', () => {
  const { row, update2 } = replica();
  update2({ initial: { name: 'p', trunks: ['set', [10, 20]] } });
  update2({ modify: { trunks: ['set', [10, 30]] } });
  expect(row()?.trunks).toEqual(['set', [20, 30]]);
  update2({ modify: { trunks: 20 } });
  expect(row()?.trunks).toEqual(['set', [30]]);
});

test('an optional value is replaced, and cleared by the empty set', () => {
  const { row, update2 } = replica();
  update2({ initial: { name: 'p', tag: 10 } });
  update2({ modify: { tag: 20 } });
  expect(row()?.tag).toBe(20);
  update2({ modify: { tag: ['set', []] } });
  expect(row()?.tag).toEqual(['set', []]);
});

test('a map takes new and changed pairs, and loses a pair that comes with its old value', () => {
  const { row, update2 } = replica();
  update2({
    initial: {
      name: 'p',
      ids: [
        'map',
        [
          ['a', '1'],
          ['b', '2'],
        ],
      ],
    },
  });
  update2({
    modify: {
      ids: [
        'map',
        [
          ['a', '1'],
          ['b', '3'],
          ['c', '4'],
        ],
      ],
    },
  });
  expect(row()?.ids).toEqual([
    'map',
    [
      ['b', '3'],
      ['c', '4'],
    ],
  ]);
});

test('a deleted row is told with what it was', () => {
  const { row, update2 } = replica();
  update2({ initial: { name: 'p' } });
  const [change] = update2({ delete: null });
  expect(change).toMatchObject({ table: 'T', uuid: 'u', before: { name: 'p' }, after: null });
  expect(row()).toBeUndefined();
});

test('a change of a row never told before is a typed error', () => {
  const { update2 } = replica();
  expect(() => update2({ modify: { tag: 1 } })).toThrow(
    expect.toSatisfy((error: unknown) => isFabricError(error, 'ovsdb_malformed')),
  );
});
