/** Compares every document in test/fixtures/parse with its expected result. To add a test, add two files. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../src/parse/parse.js';

const FOLDER = new URL('../fixtures/parse/', import.meta.url);
const EXPECTED = '.expected.json';
const names = readdirSync(FOLDER);
const cases = names.filter((name) => name.endsWith(EXPECTED)).map((name) => name.slice(0, -EXPECTED.length));

function documentOf(name: string): Uint8Array {
  const file = names.find((other) => other.startsWith(`${name}.`) && !other.endsWith(EXPECTED));
  if (file === undefined) throw new Error(`no document beside ${name}${EXPECTED}`);
  return readFileSync(new URL(file, FOLDER));
}

describe('documents', () => {
  it('exist', () => expect(cases.length).toBeGreaterThan(9));

  for (const name of cases) {
    it(`reads ${name}`, async () => {
      const expected: unknown = JSON.parse(readFileSync(new URL(name + EXPECTED, FOLDER), 'utf8'));
      const feed = await parseFeed(documentOf(name), { url: 'https://where.example/feed' });
      expect(feed).toMatchObject(expected as object);
    });
  }
});
