/** Completion scripts for bash, zsh and fish. */

/** A command as far as a shell completes it. */
export interface Completed {
  /** One word, or a group and a word in it. */
  readonly words: readonly string[];
  readonly describe: string;
  /** What the group is for; empty where there is none. */
  readonly group: string;
  readonly options: readonly CompletedOption[];
}

interface CompletedOption {
  readonly long: string;
  readonly takes: 'nothing' | 'text' | 'file';
  readonly describe: string;
}

const EVERYWHERE: readonly CompletedOption[] = [
  { long: 'quiet', takes: 'nothing', describe: 'say nothing but errors' },
  { long: 'help', takes: 'nothing', describe: 'print the help' },
];

export function bashScript(all: readonly Completed[]): string {
  const files = distinct(all.flatMap(({ options }) => options.filter((one) => one.takes === 'file').map(longOf)));
  const second = groupsOf(all).map(
    ({ word, inner }) => `    ${word}:2) words="${inner.map((one) => one.words[1]).join(' ')}" ;;`,
  );
  const options = all.map(
    (one) => `      "${one.words.join(' ')}"*) words="${[...one.options, ...EVERYWHERE].map(longOf).join(' ')}" ;;`,
  );
  return `# bash completion for newsloom
_newsloom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
    ${files.join('|') || '--'}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "\${COMP_WORDS[1]}:$COMP_CWORD" in
    *:1) words="${firstWords(all)
      .map(({ word }) => word)
      .join(' ')} help --help --version" ;;
${second.join('\n')}
    *) case "\${COMP_WORDS[*]:1}" in
${options.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _newsloom newsloom
`;
}

export function zshScript(all: readonly Completed[]): string {
  const branches = firstWords(all).map(({ word, inner }) => {
    const [only] = inner;
    if (inner.length === 1 && only?.words.length === 1) return `    ${word}) ${zshArguments(only.options)} ;;`;
    const cases = inner.map((one) => `        ${one.words[1]}) ${zshArguments(one.options)} ;;`);
    const names = inner.map((one) => `'${one.words[1]}:${quoted(one.describe)}'`).join(' ');
    return `    ${word})
      if (( CURRENT == 3 )); then commands=(${names}); _describe command commands; return; fi
      case $words[3] in
${cases.join('\n')}
      esac ;;`;
  });
  const first = firstWords(all).map(({ word, describe }) => `'${word}:${quoted(describe)}'`);
  return `#compdef newsloom
_newsloom() {
  local -a commands
  if (( CURRENT == 2 )); then commands=(${first.join(' ')}); _describe command commands; return; fi
  case $words[2] in
${branches.join('\n')}
  esac
}
if [ "$funcstack[1]" = _newsloom ]; then _newsloom "$@"; else compdef _newsloom newsloom; fi
`;
}

function zshArguments(options: readonly CompletedOption[]): string {
  const taken = { nothing: '', text: ':value:', file: ':file:_files' };
  const lines = [...options, ...EVERYWHERE].map((one) => `'--${one.long}[${quoted(one.describe)}]${taken[one.takes]}'`);
  return `_arguments ${lines.join(' ')} '*:argument:_files'`;
}

export function fishScript(all: readonly Completed[]): string {
  const first = firstWords(all).map(
    ({ word, describe }) => `complete -c newsloom -f -n __fish_use_subcommand -a ${word} -d '${quoted(describe)}'`,
  );
  const second = groupsOf(all).flatMap(({ word, inner }) =>
    inner.map(
      (one) =>
        `complete -c newsloom -f -n '__fish_seen_subcommand_from ${word}' -a ${one.words[1]} -d '${quoted(one.describe)}'`,
    ),
  );
  const taken = { nothing: '', text: ' -x', file: ' -r -F' };
  const options = all.flatMap((command) =>
    command.options.map(
      (one) =>
        `complete -c newsloom -n '${seen(command.words)}' -l ${one.long}${taken[one.takes]} -d '${quoted(one.describe)}'`,
    ),
  );
  const everywhere = EVERYWHERE.map((one) => `complete -c newsloom -l ${one.long} -d '${quoted(one.describe)}'`);
  return ['# fish completion for newsloom', ...first, ...second, ...options, ...everywhere, ''].join('\n');
}

function seen(words: readonly string[]): string {
  return words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
}

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What may stand first: a command, or a group with what is in it. */
function firstWords(all: readonly Completed[]) {
  return distinct(all.map(({ words }) => words[0] ?? '')).map((word) => {
    const inner = all.filter(({ words }) => words[0] === word);
    const [first] = inner;
    return { word, inner, describe: (first?.words.length === 1 ? first.describe : first?.group) ?? '' };
  });
}

function groupsOf(all: readonly Completed[]) {
  return firstWords(all).filter(({ inner }) => inner.some(({ words }) => words.length > 1));
}

function longOf({ long }: CompletedOption): string {
  return `--${long}`;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** Safe in single quotes, and in the brackets and colons of zsh. */
function quoted(text: string): string {
  return text.replace(/['\\]/g, '').replace(/[[\]:]/g, ' ');
}
