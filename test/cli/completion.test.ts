import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashScript, type Completed, fishScript, zshScript } from '../../src/cli/shells.js';

const ALL: readonly Completed[] = [
  {
    words: ['build'],
    describe: "one run: what's due",
    group: '',
    options: [
      { long: 'config', takes: 'file', describe: 'the config file' },
      { long: 'only', takes: 'text', describe: 'these [sources]' },
    ],
  },
  { words: ['sources', 'add'], describe: 'finds a feed', group: 'the feeds that are read', options: [] },
  {
    words: ['sources', 'export'],
    describe: 'writes OPML',
    group: 'the feeds that are read',
    options: [{ long: 'json', takes: 'nothing', describe: 'as JSON' }],
  },
];

/** What bash offers after these words, the last of them being completed. */
function offered(...words: string[]): string[] {
  const line = `COMP_WORDS=(newsloom ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _newsloom; echo "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${bashScript(ALL)}${line}`], { encoding: 'utf8' });
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
    [['build', '--config', 'package-lo'], ['package-lock.json']],
  ])('completes %j to %j', (words, found) => {
    expect(offered(...words)).toEqual(found);
  });
});

describe('the script for zsh', () => {
  it('describes commands and options, with what options take', () => {
    const script = zshScript(ALL);
    expect(script).toMatch(/^#compdef newsloom\n/);
    expect(script).toContain("commands=('build:one run  whats due' 'sources:the feeds that are read')");
    expect(script).toContain("commands=('add:finds a feed' 'export:writes OPML')");
    expect(script).toContain("'--config[the config file]:file:_files' '--only[these  sources ]:value:'");
  });
});

describe('the script for fish', () => {
  it('describes commands and options, with what options take', () => {
    const lines = fishScript(ALL).split('\n');
    expect(lines).toContain("complete -c newsloom -f -n __fish_use_subcommand -a build -d 'one run  whats due'");
    expect(lines).toContain(
      "complete -c newsloom -f -n '__fish_seen_subcommand_from sources' -a export -d 'writes OPML'",
    );
    expect(lines).toContain(
      "complete -c newsloom -n '__fish_seen_subcommand_from build' -l config -r -F -d 'the config file'",
    );
    expect(lines).toContain(
      "complete -c newsloom -n '__fish_seen_subcommand_from sources; and __fish_seen_subcommand_from export' -l json -d 'as JSON'",
    );
  });
});
