import type { CompletionEntry } from './tree.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shell: Shell, tree: readonly CompletionEntry[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](tree);
}

/** In single quotes, for all three shells alike (no text here ends in a backslash). */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const fishQuote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const wordsOf = (entry: CompletionEntry): string[] => [
  ...entry.commands.map(({ name }) => name),
  ...entry.options.flatMap(({ flags }) => flags),
];
const choicesOf = (tree: readonly CompletionEntry[]) =>
  tree.flatMap(({ path, options }) =>
    options.filter(({ choices }) => choices.length > 0).map(({ flags, choices }) => ({ path, flags, choices })),
  );
const valueFlags = (tree: readonly CompletionEntry[]): string[] => [
  ...new Set(
    tree.flatMap(({ options }) => options.filter(({ takesValue }) => takesValue).flatMap(({ flags }) => flags)),
  ),
];

/** Both shells walk the words so far down the tree; the table is the same. */
function posixTable(tree: readonly CompletionEntry[]): {
  known: string;
  offers: string;
  choices: string;
  values: string;
} {
  const line = (patterns: string[], result: string) => `    ${patterns.map(quote).join('|')}) ${result} ;;`;
  return {
    known: line(
      tree.map(({ path }) => path).filter((path) => path !== ''),
      'at="$next"',
    ),
    offers: tree.map((entry) => line([entry.path], `offers=${quote(wordsOf(entry).join(' '))}`)).join('\n'),
    choices: choicesOf(tree)
      .map(({ path, flags, choices }) =>
        line(
          flags.map((flag) => `${path} ${flag}`),
          `offers=${quote(choices.join(' '))}`,
        ),
      )
      .join('\n'),
    values: valueFlags(tree).map(quote).join('|'),
  };
}

function walk(table: ReturnType<typeof posixTable>, words: string): string {
  return `  local at='' next='' offers='' word='' skip=''
  for word in ${words}; do
    if [ -n "$skip" ]; then skip=''; continue; fi
    case "$word" in
    ${table.values}) skip=1; continue ;;
    -*) continue ;;
    esac
    next="\${at:+$at }$word"
    case "$next" in
${table.known}
    esac
  done
  case "$at $previous" in
${table.choices}
  esac
  if [ -z "$offers" ]; then
    case "$previous" in
    ${table.values}) return 1 ;;
    esac
    case "$at" in
${table.offers}
    esac
  fi`;
}

function bashScript(tree: readonly CompletionEntry[]): string {
  return `# bash completion of switchyard; load with: source <(switchyard completion bash)
_switchyard() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
${walk(posixTable(tree), `"\${COMP_WORDS[@]:1:COMP_CWORD-1}"`)}
  mapfile -t COMPREPLY < <(compgen -W "$offers" -- "$current")
}
complete -o default -F _switchyard switchyard
`;
}

function zshScript(tree: readonly CompletionEntry[]): string {
  return `#compdef switchyard
# zsh completion of switchyard; load with: source <(switchyard completion zsh)
_switchyard() {
  local previous="\${words[CURRENT-1]}"
${walk(posixTable(tree), `"\${words[@]:1:$((CURRENT-2))}"`)}
  [ -n "$offers" ] && compadd -- \${=offers} || _files
}
compdef _switchyard switchyard
`;
}

function fishScript(tree: readonly CompletionEntry[]): string {
  const names = [...new Set(tree.flatMap(({ commands }) => commands.map(({ name }) => name)))];
  const lines = tree.flatMap(({ path, commands, options }) => {
    const here = `-n ${fishQuote(`__switchyard_at ${path}`.trim())}`;
    return [
      ...commands.map(
        ({ name, description }) => `complete -c switchyard -f ${here} -a ${name} -d ${fishQuote(description)}`,
      ),
      ...options.map(({ flags, description, takesValue, choices }) => {
        const named = flags
          .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
          .join(' ');
        const value = choices.length > 0 ? ` -x -a ${fishQuote(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c switchyard ${here} ${named}${value} -d ${fishQuote(description)}`;
      }),
    ];
  });
  return `# fish completion of switchyard; load with: switchyard completion fish | source
function __switchyard_at
  set -l at
  for word in (commandline -opc)[2..-1]
    if contains -- $word ${names.join(' ')}
      set -a at $word
    end
  end
  test "$at" = "$argv"
end
${lines.join('\n')}
`;
}
