import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, changedMembers } from '../../../src/api/baremetal/json-patch.ts';
import { isFabricError } from '../../../topology/error/fabric-error.ts';

const document = () => ({ name: 'n1', extra: { a: 1, list: ['x', 'y'], 'b/c': { '~': 2 } }, owner: null });

describe('JSON patch', () => {
  it('adds, replaces and removes nested members and leaves the given document alone', () => {
    const before = document();
    const after = applyPatch(before, [
      { op: 'add', path: '/extra/new', value: { deep: true } },
      { op: 'replace', path: '/extra/a', value: 2 },
      { op: 'remove', path: '/extra/list/0' },
      { op: 'add', path: '/extra/list/-', value: 'z' },
      { op: 'replace', path: '/extra/b~1c/~0', value: 3 },
    ]);
    expect(after.extra).toEqual({ a: 2, list: ['y', 'z'], 'b/c': { '~': 3 }, new: { deep: true } });
    expect(before).toEqual(document());
    expect(changedMembers(before, after)).toEqual(['extra']);
  });

  it('replaces with add over an existing member, and takes a removed root member as null', () => {
    expect(applyPatch(document(), [{ op: 'add', path: '/extra/a', value: 9 }]).extra).toMatchObject({ a: 9 });
    expect(applyPatch(document(), [{ op: 'remove', path: '/name' }]).name).toBeNull();
  });

  it.each([
    ['/extra/none', 'remove'],
    ['/extra/none', 'replace'],
    ['/owner', 'remove'],
    ['/bogus', 'add'],
    ['/extra/none/deeper', 'add'],
    ['/extra/list/7', 'replace'],
    ['/extra/list/-', 'remove'],
    ['/extra/__proto__/polluted', 'add'],
  ] as const)('refuses %s with %s', (path, op) => {
    let thrown: unknown;
    try {
      applyPatch(document(), [{ op, path, value: 1 }]);
    } catch (error) {
      thrown = error;
    }
    expect(isFabricError(thrown, 'patch_invalid')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never fails in another way, whatever the paths', () => {
    const segment = fc.oneof(fc.constantFrom('extra', 'list', 'name', '0', '-', '__proto__', '~1'), fc.string());
    const operation = fc.record({
      op: fc.constantFrom('add' as const, 'replace' as const, 'remove' as const),
      path: fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
      value: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), (patch) => {
        try {
          expect(Object.keys(applyPatch(document(), patch))).toEqual(Object.keys(document()));
        } catch (error) {
          expect(isFabricError(error, 'patch_invalid')).toBe(true);
        }
      }),
    );
  });
});
