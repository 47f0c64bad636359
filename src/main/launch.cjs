#!/usr/bin/env node
// Runs on whatever Node the host has (plain ES2015, CommonJS) and hands over to the Node that the package pins,
// so that no feature of the host's Node matters. `--run FILE` runs another script of the project with that Node.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');

const root = path.resolve(__dirname, '..', '..');
const MINIMUM_MAJOR = 24;

/** The pinned interpreter: where the `node` package puts it, or in the platform package it would have copied it from. */
function pinnedNode() {
  const names = ['node/bin/node', `node-${process.platform}-${process.arch}/bin/node`];
  const bases = [];
  for (let dir = root; ; dir = path.dirname(dir)) {
    bases.push(path.join(dir, 'node_modules'));
    if (dir === path.dirname(dir)) break;
  }
  for (const name of names) {
    for (const base of bases) {
      const candidate = path.join(base, name);
      try {
        fs.accessSync(candidate, fs.constants.X_OK);
        return candidate;
      } catch (_absent) {}
    }
  }
  return Number(process.versions.node.split('.')[0]) >= MINIMUM_MAJOR ? process.execPath : null;
}

const node = pinnedNode();
if (!node) {
  process.stderr.write(
    'switchyard: no Node.js ' +
      MINIMUM_MAJOR +
      ' found for ' +
      process.platform +
      '-' +
      process.arch +
      '. Run `npm ci` in ' +
      root +
      ' (with optional dependencies), or install Node.js ' +
      MINIMUM_MAJOR +
      ' or newer.\n',
  );
  process.exit(69);
}

const args = process.argv.slice(2);
let script;
if (args[0] === '--run') {
  script = path.resolve(root, args[1]);
  args.splice(0, 2);
} else {
  const built = path.join(root, 'dist', 'src', 'cli', 'main.js');
  const source = path.join(root, 'src', 'cli', 'main.ts');
  script = fs.existsSync(source) ? source : built;
}

// Types stripped and code compiled once, not at every start. Beside the packages: whoever may write there may change the
// program anyway; where this user may not, Node goes without.
const cache = process.env.NODE_COMPILE_CACHE || path.join(root, 'node_modules', '.cache', 'switchyard');

const child = spawn(node, ['--disable-warning=ExperimentalWarning', script].concat(args), {
  stdio: 'inherit',
  env: Object.assign({}, process.env, { SWITCHYARD_NODE: node, NODE_COMPILE_CACHE: cache }),
});
// The terminal signals the whole process group; what is sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {});
child.on('error', (error) => {
  process.stderr.write(`switchyard: cannot start ${node}: ${error.message}\n`);
  process.exit(69);
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code === null ? 1 : code);
});
