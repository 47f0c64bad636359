import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Twice more in CI: the machines there are slow at times, and several tests wait for real programs. */
const retry = process.env.CI === 'true' ? 2 : 0;

/** Pure functions only: they may share a process, whose start costs more than most of these files. */
const PURE = [
  'test/topology/**/*.test.ts',
  'test/switch-drivers/{aruba-aoscx,cisco-*,cumulus-nvue,dell-os10,fastiron,hpe-comware,huawei-vrp,juniper-junos}/*.test.ts',
  'test/switch-drivers/{linux,linux-bridge,openconfig-netconf,snmp-qbridge,sonic,vrp-family,zte-zxros}/*.test.ts',
];

/** Each project is one layer of design §10; `lab` and `compat` need root and Debian packages. */
const layer = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  root,
  test: { name, include, testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' as const, retry, ...extra },
});

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      layer(
        'unit',
        [
          'test/provisioner/**/*.test.ts',
          'test/switch-drivers/**/*.test.ts',
          'test/src/**/*.test.ts',
          'test/static/**/*.test.ts',
        ],
        { exclude: PURE },
      ),
      layer('pure', PURE, { isolate: false }),
      layer('demo', ['test/demo/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 600_000, fileParallelism: false }),
      layer('rack', ['test/rack/life.test.ts'], { testTimeout: 180_000 }),
      layer('kill', ['test/rack/kill.test.ts'], { testTimeout: 180_000 }),
      layer('compat', ['test/compat/**/*.test.ts'], { testTimeout: 300_000, fileParallelism: false }),
      layer('lab', ['test/lab/**/*.test.ts'], { testTimeout: 600_000, hookTimeout: 300_000, fileParallelism: false }),
    ],
  },
});
