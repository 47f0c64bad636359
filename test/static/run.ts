import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { staticChecks } from './checks.ts';
import { findOffences } from './import-rule.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let failed = false;
for (const check of staticChecks) {
  const { status } = spawnSync(process.execPath, check.args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${check.name}`);
  failed ||= status !== 0;
}
const offences = findOffences(root);
for (const { file, imports, why } of offences) console.log(`${file} imports ${imports}: ${why}`);
console.log(`${offences.length === 0 ? 'ok    ' : 'FAILED'}  Import rule`);
process.exit(failed || offences.length > 0 ? 1 : 0);
