import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findOffences, importsOf, offenceOf } from './import-rule.ts';

test('no import climbs the house', () => {
  expect(findOffences(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
});

test('the check sees static, type, re-exported and dynamic imports', () => {
  const source = `import a from './a.ts';\nimport type { B } from "./b.ts";\nexport * from './c.ts';\nimport './d.ts';\nawait import('./e.ts');`;
  expect(importsOf(source)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
});

test.each([
  ['topology/plan/plan.ts', 'topology', '../../src/store/store.ts'],
  ['topology/plan/plan.ts', 'topology', 'node:fs'],
  ['switch-drivers/ovs/index.ts', 'switch-drivers', '../../provisioner/bmc/bmc.ts'],
  ['provisioner/bmc/bmc.ts', 'provisioner', '../../switch-drivers/contract/driver.ts'],
  ['src/fabric/engine.ts', 'src', '../../test/support/store.ts'],
  ['src/lifecycle/worker.ts', 'src', '../rack/server.ts'],
])('%s (%s) may not import %s', (file, layer, specifier) => {
  expect(offenceOf(file, layer, specifier)).not.toBeNull();
});

test('layers may import what lies below them', () => {
  expect(offenceOf('src/fabric/engine.ts', 'src', '../../topology/plan/model.ts')).toBeNull();
  expect(offenceOf('topology/plan/plan.ts', 'topology', './model.ts')).toBeNull();
});
