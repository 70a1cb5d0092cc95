/** `newsloom completion`: scripts by which shells complete commands and options. */

import { didYouMean } from '../config/suggest.js';
import type { Command } from './command.js';
import { commands, groups } from './commands.js';
import { EXIT, UsageError } from './exit.js';
import { bashScript, type Completed, fishScript, zshScript } from './shells.js';

const SHELLS: Readonly<Record<string, (all: readonly Completed[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const command: Command = {
  name: 'completion',
  describe: 'print a script by which your shell completes commands and options',
  parameters: [{ name: '<shell>', describe: 'bash, zsh or fish' }],
  options: [],
  examples: [
    ['newsloom completion bash >> ~/.bash_completion', 'for bash'],
    ['newsloom completion zsh > "$fpath[1]/_newsloom"', 'for zsh'],
    ['newsloom completion fish > ~/.config/fish/completions/newsloom.fish', 'for fish'],
  ],
  async run({ args: [shell = ''], print }) {
    const script = SHELLS[shell];
    if (script === undefined)
      throw new UsageError(`no script for "${shell}": bash, zsh or fish${didYouMean(shell, Object.keys(SHELLS))}`);
    print(script(await completed()));
    return EXIT.ok;
  },
};

async function completed(): Promise<Completed[]> {
  const loaded = await Promise.all(commands.map(({ load }) => load()));
  return loaded.map(({ command: { name, describe, options } }) => {
    const [first = '', second] = name.split(' ');
    return {
      words: second === undefined ? [first] : [first, second],
      describe,
      group: groups[first] ?? '',
      options: options.map((option) => ({
        long: option.flags.match(/--([a-z-]+)/)?.[1] ?? '',
        takes: option.flags.includes('<file>') ? 'file' : option.flags.includes('<') ? 'text' : 'nothing',
        describe: option.describe,
      })),
    };
  });
}
