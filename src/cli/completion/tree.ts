import type { Command } from 'commander';

/** What may follow a command: `path` is `''` for the program itself, else its words joined by blanks. */
export interface CompletionEntry {
  path: string;
  commands: Array<{ name: string; description: string }>;
  options: Array<{ flags: string[]; description: string; takesValue: boolean; choices: readonly string[] }>;
}

export function completionTree(program: Command): CompletionEntry[] {
  const globals = optionsOf(program);
  const walk = (command: Command, words: string[]): CompletionEntry[] => {
    const entry: CompletionEntry = {
      path: words.join(' '),
      commands: command.commands.map((child) => ({
        name: child.name(),
        description: firstSentence(child.description()),
      })),
      options: words.length === 0 ? globals : [...optionsOf(command), ...globals],
    };
    return [entry, ...command.commands.flatMap((child) => walk(child, [...words, child.name()]))];
  };
  return walk(program, []);
}

function optionsOf(command: Command): CompletionEntry['options'] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      flags: [option.short, option.long].filter((flag): flag is string => typeof flag === 'string'),
      description: firstSentence(option.description),
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    }));
}

const firstSentence = (text: string): string => text.split(/[;\n]/)[0]!.trim();
