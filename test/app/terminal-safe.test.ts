import { expect, it } from 'vitest';
import { TerminalSafeOutput } from '../../src/app/terminal-safe.js';

const COMMANDS = [
  '::add-mask::e',
  'Headlines:\n   \t::stop-commands::x',
  'moved to https://x.example/##[add-mask]e',
  '###[group]',
  '##vso[task.setvariable variable=x]y',
  "##teamcity[setParameter name='x']",
];
/** Commands of the CI runners of GitHub, Azure and TeamCity. */
const FOUND = /^\s*::|##\[|##vso\[|##teamcity\[/m;

it.each(COMMANDS)('removes CI commands: %j', (text) => {
  const shown = new TerminalSafeOutput();
  expect(text).toMatch(FOUND);
  expect(shown.text(text)).not.toMatch(FOUND);
  const json = shown.text(shown.json({ text }));
  expect(json).not.toMatch(FOUND);
  expect(JSON.parse(json)).toEqual({ text });
});

it('keeps harmless colons and hashes', () => {
  const text = 'a::b\n:c\n## Title [x]\n#[1] std::vec';
  expect(new TerminalSafeOutput().text(text)).toBe(text);
});
