import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Command, Option } from '../../src/cli/command.js';
import { renderBashScript } from '../../src/cli/completion.js';
import { newsloom } from '../support/command-line.js';

const aCommand = (name: string, describe: string, options: readonly Option[] = []): Command => ({
  name,
  describe,
  options,
  examples: [],
  run: async () => 0,
});

const ALL = [
  aCommand('build', "one run: what's due", [
    { flags: '--config <file>', describe: 'the config file' },
    { flags: '--only <ids>', describe: 'these [sources]' },
  ]),
  aCommand('sources add', 'finds a feed'),
  aCommand('sources export', 'writes OPML', [{ flags: '--json', describe: 'as JSON' }]),
];

/** Completions that bash offers for the last word. */
function offered(...words: string[]): string[] {
  const line = `COMP_WORDS=(newsloom ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _newsloom; echo "\${COMPREPLY[@]}"`;
  // bash warns about a locale that is not installed. Without SHLVL it reads startup files.
  const env = { PATH: process.env.PATH };
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${renderBashScript(ALL)}${line}`], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toBe('');
  return stdout.trim().split(' ').sort();
}

describe('the script for bash', () => {
  it.each([
    [['b'], ['build']],
    [['s'], ['sources']],
    [
      ['sources', ''],
      ['add', 'export'],
    ],
    [['sources', 'export', '--j'], ['--json']],
    [
      ['build', '--'],
      ['--config', '--help', '--only', '--quiet'],
    ],
    [['build', '--only', 'a', '--c'], ['--config']],
    [['build', '--config', 'package-lo'], ['package-lock.json']],
  ])('completes %j to %j', (words, found) => {
    expect(offered(...words)).toEqual(found);
  });
});

describe('the script for zsh', () => {
  it('is the bash script, which zsh can read', async () => {
    const [zsh, bash] = [await newsloom('completion', 'zsh'), await newsloom('completion', 'bash')];
    expect(zsh.out).toBe(`autoload -U +X bashcompinit && bashcompinit\n${bash.out}`);
    expect(bash.out).toContain('"sources") words="add list remove pause resume move test import export" ;;');
  });
});

it('lists the shells that it supports', async () => {
  expect(await newsloom('completion', 'fisch')).toMatchObject({
    status: 2,
    err: expect.stringContaining('bash or zsh'),
  });
});
