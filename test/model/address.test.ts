import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isAddress } from '../../src/model/address.js';

it('gives the same result for repeated calls', () => {
  for (let i = 0; i < 100_000; i++) isAddress('https://paper.example/a');
  expect(isAddress('https://bücher.example/')).toBe(true);
  expect(isAddress('https://paper.example/café')).toBe(true);
  expect(isAddress('../café', 'https://paper.example/')).toBe(true);
  expect(isAddress('paper.example/café')).toBe(false);
  expect(isAddress('https://')).toBe(false);
});

it('is used instead of URL.canParse everywhere', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(files.filter((path) => readFileSync(join(src, path), 'utf8').includes('URL.canParse('))).toEqual([]);
});
