import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { FabricError } from '../../../topology/error/fabric-error.ts';

/** The agent and all it imports as one CommonJS file. */
export async function bundleAgent(): Promise<Uint8Array> {
  // `.ts` in the source tree, `.js` in the published package.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const result = await build({
    entryPoints: [fileURLToPath(new URL(`../agent/linux/main.${extension}`, import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minify: true,
    keepNames: true,
    write: false,
    logLevel: 'silent',
    legalComments: 'none',
  });
  const contents = result.outputFiles[0]?.contents;
  if (!contents) throw new FabricError('ramdisk_bundle_failed', 'esbuild wrote no file; reinstall with npm ci');
  return contents;
}
