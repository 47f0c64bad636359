import type { Command } from 'commander';
import { addNodeReaders } from './read.ts';
import { addNodeVerbs } from './verbs.ts';
import { addNodeWatch } from './watch.ts';
import { addNodeWriters } from './write.ts';

export function addNode(program: Command): void {
  const node = program.command('node').description('servers: enroll, inspect, clean, deploy, take back');
  addNodeReaders(node);
  addNodeWatch(node);
  addNodeWriters(node);
  addNodeVerbs(node);
}
