/** `newsloom completion`: prints shell completion scripts. */

import type { Command, CommandEntry, Option } from './command.js';
import { EXIT, UsageError } from './exit.js';

/** zsh reads completions in bash format. */
const BEFORE: Readonly<Record<string, string>> = {
  bash: '',
  zsh: 'autoload -U +X bashcompinit && bashcompinit\n',
};

export function completionCommand(list: readonly CommandEntry[]): Command {
  return {
    name: 'completion',
    describe: 'print a script that completes commands and options in your shell',
    parameters: [{ name: '<shell>', describe: 'bash or zsh' }],
    options: [],
    examples: [
      ['newsloom completion bash >> ~/.bash_completion', 'for bash'],
      ['newsloom completion zsh >> ~/.zshrc', 'for zsh'],
    ],
    async run({ args: [shell = ''], print }) {
      const before = BEFORE[shell];
      if (before === undefined) throw new UsageError(`unsupported shell "${shell}"; use bash or zsh`);
      print(before + renderBashScript(await Promise.all(list.map(({ load }) => load()))));
      return EXIT.ok;
    },
  };
}

const EVERYWHERE: readonly Option[] = [
  { flags: '--quiet', describe: 'print errors only' },
  { flags: '--help', describe: 'print the help' },
];

export function renderBashScript(all: readonly Command[]): string {
  const files = all.flatMap(({ options }) =>
    options.filter((one) => one.flags.includes('<file>')).map(extractLongOption),
  );
  const first = listUniqueWords(all.map(({ name }) => takeFirstWord(name)));
  const inGroups = all.filter(({ name }) => name.includes(' '));
  const groups = listUniqueWords(inGroups.map(({ name }) => takeFirstWord(name))).map((group) => {
    const inner = inGroups.filter(({ name }) => takeFirstWord(name) === group);
    return `    "${group}") words="${inner.map(({ name }) => name.slice(group.length + 1)).join(' ')}" ;;`;
  });
  const options = all.map(
    (one) => `    "${one.name}"*) words="${[...one.options, ...EVERYWHERE].map(extractLongOption).join(' ')}" ;;`,
  );
  return `# bash completion for newsloom
_newsloom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
    ${listUniqueWords(files).join('|') || '--'}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1}" in
    "") words="${first.join(' ')} help --help --version" ;;
${[...groups, ...options].join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _newsloom newsloom
`;
}

function takeFirstWord(name: string): string {
  return name.split(' ')[0] ?? '';
}

function extractLongOption({ flags }: Option): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? '';
}

function listUniqueWords(words: readonly string[]): string[] {
  return [...new Set(words)];
}
