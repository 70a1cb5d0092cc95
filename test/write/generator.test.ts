import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GENERATOR } from '../../src/write/generator.js';

it('contains this version without the patch number', () => {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(GENERATOR.name).toBe(name);
  expect(version.startsWith(`${GENERATOR.version}.`)).toBe(true);
});
