import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What a driver from outside may import of this program, wherever it lies. */
const ENTRIES: Record<string, string> = {
  'switchyard/switch-drivers': '../contract/index',
  'switchyard/lldp': '../../topology/lldp/index',
  'switchyard/simulator': '../simulator/index',
  'switchyard/ovsdb': '../transports/ovsdb/index',
};

let registered = false;

/**
 * Makes `switchyard/...` mean the program that loads the driver: a file somewhere on the disk has no node_modules that
 * knows it, and a driver must not bring a contract of its own.
 */
export function serveOwnExports(): void {
  if (registered) return;
  registered = true;
  registerHooks({
    resolve(specifier, context, next) {
      const entry = Object.hasOwn(ENTRIES, specifier) ? ENTRIES[specifier] : undefined;
      return entry === undefined ? next(specifier, context) : { url: urlOf(entry), shortCircuit: true };
    },
  });
}

/** The sources in a checkout, what was built of them in the published package. */
function urlOf(entry: string): string {
  const source = new URL(`${entry}.ts`, import.meta.url);
  return existsSync(fileURLToPath(source)) ? source.href : new URL(`${entry}.js`, import.meta.url).href;
}
