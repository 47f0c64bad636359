import { Argument, type Command } from 'commander';
import { completionScript, SHELLS, type Shell } from '../completion/scripts.ts';
import { completionTree } from '../completion/tree.ts';
import { print } from '../output/print.ts';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('completion script for a shell: source <(switchyard completion bash)')
    .addArgument(new Argument('<shell>', 'shell').choices(SHELLS))
    .action((shell: Shell, _options: object, command: Command) => {
      const tree = completionTree(program);
      print(command, tree, () => completionScript(shell, tree).trimEnd());
    });
}
