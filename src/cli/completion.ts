/** `newsloom completion`: shell completion scripts for commands and options. */

import { didYouMean } from '../config/suggest.js';
import type { Command, CommandEntry, Option } from './command.js';
import { EXIT, UsageError } from './exit.js';

type Groups = Readonly<Record<string, string>>;

const SHELLS: Readonly<Record<string, (all: readonly Command[], groups: Groups) => string>> = {
  bash: bashScript,
  zsh: (all) => `autoload -U +X bashcompinit && bashcompinit\n${bashScript(all)}`,
  fish: fishScript,
};

/** `groups`: descriptions by the first word of two-word commands. */
export function completionCommand(list: readonly CommandEntry[], groups: Groups): Command {
  return {
    name: 'completion',
    describe: 'print a script by which your shell completes commands and options',
    parameters: [{ name: '<shell>', describe: 'bash, zsh or fish' }],
    options: [],
    examples: [
      ['newsloom completion bash >> ~/.bash_completion', 'for bash'],
      ['newsloom completion zsh >> ~/.zshrc', 'for zsh'],
      ['newsloom completion fish > ~/.config/fish/completions/newsloom.fish', 'for fish'],
    ],
    async run({ args: [shell = ''], print }) {
      const script = SHELLS[shell];
      if (script === undefined)
        throw new UsageError(`no script for "${shell}": bash, zsh or fish${didYouMean(shell, Object.keys(SHELLS))}`);
      print(script(await Promise.all(list.map(({ load }) => load())), groups));
      return EXIT.ok;
    },
  };
}

const EVERYWHERE: readonly Option[] = [
  { flags: '--quiet', describe: 'say nothing but errors' },
  { flags: '--help', describe: 'print the help' },
];

export function bashScript(all: readonly Command[]): string {
  const files = all.flatMap(({ options }) => options.filter((one) => one.flags.includes('<file>')).map(longOf));
  const first = uniqueWords(all.map(({ name }) => firstWord(name)));
  const inGroups = all.filter(({ name }) => name.includes(' '));
  const groups = uniqueWords(inGroups.map(({ name }) => firstWord(name))).map((group) => {
    const inner = inGroups.filter(({ name }) => firstWord(name) === group);
    return `    "${group}") words="${inner.map(({ name }) => name.slice(group.length + 1)).join(' ')}" ;;`;
  });
  const options = all.map(
    (one) => `    "${one.name}"*) words="${[...one.options, ...EVERYWHERE].map(longOf).join(' ')}" ;;`,
  );
  return `# bash completion for newsloom
_newsloom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
    ${uniqueWords(files).join('|') || '--'}) COMPREPLY=($(compgen -f -- "$current")); return ;;
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

export function fishScript(all: readonly Command[], groups: Groups): string {
  const taken = ({ flags }: Option) => (flags.includes('<file>') ? ' -r -F' : flags.includes('<') ? ' -x' : '');
  const option = (one: Option) => `-l ${longOf(one).slice(2)}${taken(one)} -d '${shellQuoted(one.describe)}'`;
  const first = Object.entries(groups).map(
    ([group, describe]) => `-f -n __fish_use_subcommand -a ${group} -d '${shellQuoted(describe)}'`,
  );
  const commands = all.flatMap(({ name, describe, options }) => {
    const words = name.split(' ');
    const at = words.length === 1 ? '__fish_use_subcommand' : `'__fish_seen_subcommand_from ${words[0]}'`;
    const inside = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    return [
      `-f -n ${at} -a ${words.at(-1)} -d '${shellQuoted(describe)}'`,
      ...options.map((one) => `-n '${inside}' ${option(one)}`),
    ];
  });
  const lines = [...first, ...commands, ...EVERYWHERE.map(option)].map((line) => `complete -c newsloom ${line}`);
  return ['# fish completion for newsloom', ...lines, ''].join('\n');
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? '';
}

/** `--config` */
function longOf({ flags }: Option): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? '';
}

function uniqueWords(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** Quoted for a shell, in single quotes. */
function shellQuoted(text: string): string {
  return text.replace(/['\\]/g, '');
}
