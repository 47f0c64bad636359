// `npm run build`: the published package. tsc writes JavaScript and types to dist; what the program reads at run time
// beside its code goes along.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.config/tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
for (const file of globSync('{src,provisioner,switch-drivers,topology}/**/*.{sql,sh,pl}', { cwd: root })) {
  cpSync(path.join(root, file), path.join(root, 'dist', file));
}
cpSync(path.join(root, 'package.json'), path.join(root, 'dist', 'package.json'));
