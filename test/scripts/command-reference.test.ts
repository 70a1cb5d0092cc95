import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandReference } from '../../scripts/command-reference.mjs';
import { commands } from '../../src/cli/commands.js';
import { EXIT } from '../../src/cli/exit.js';

const loaded = await Promise.all(commands.map(({ load }) => load()));
const kept = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');

describe('docs/commands.md', () => {
  it('matches the commands', () => {
    const made = commandReference(loaded, EXIT);
    expect(kept === made ? '' : 'made from older commands: run "npm run docs"').toBe('');
  });

  it('has every command with its options and examples, and every exit status', () => {
    const made = commandReference(loaded, EXIT);
    for (const command of loaded) {
      const [, section = ''] = made.split(`## \`newsloom ${command.name}`);
      const [own = ''] = section.split('\n## ');
      for (const { flags } of command.options) expect(own).toContain(`| \`${flags}\` |`);
      for (const [line] of command.examples) expect(own).toContain(`\n${line}\n`);
    }
    for (const status of Object.values(EXIT)) expect(made).toContain(`\n| ${status} | `);
  });

  it('shows only options that the command has', () => {
    for (const command of loaded) {
      const known = command.options.map(({ flags }) => flags.split(' ')[0]);
      for (const [line] of command.examples)
        for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(known).toContain(option);
    }
  });
});
