import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { ConfigError } from '../../src/model/errors.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runs } from '../support/thorough.js';

const GOOD = `site: &site
  title: The Section
  url: https://news.example.org/
sources:
  - id: one
    url: https://one.example/feed
    headers: { Authorization: "Bearer \${KEY}" }
    topics: [war]
  - { id: two, url: "https://two.example/", every: 30m }
topics:
  - id: war
    label: { en: War, uk: Війна }
    any: [war, "війн*"]
    near: [[troops, border]]
  - { id: peace, parent: war, place: UA, map: [{ category: Peace }] }
publish: { formats: [rss], items: 5 }
schedule: { cron: "*/5 * * * *" }
`;

const inserted = fc.constantFrom(
  '\t',
  '\n',
  '- ',
  ': ',
  '*a',
  '&a ',
  '<<: *site',
  '{',
  ']',
  '"',
  '|',
  '!!x ',
  '? ',
  '---\n',
  `\${A}`,
  '0',
  'null',
  '#',
);
const edit = fc.record({ at: fc.nat(GOOD.length), cut: fc.nat(12), put: inserted });

it('reads any text as settings or as problems with positions', async () => {
  const path = join(temporaryFolder(), 'newsloom.yaml');
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const text = edits.reduce((one, { at, cut, put }) => one.slice(0, at) + put + one.slice(at + cut), GOOD);
      writeFileSync(path, text);
      const answer = await loadSite(path, { KEY: 'k' }).catch((error: unknown) => error);
      if (!(answer instanceof Error)) return;
      expect(answer).toBeInstanceOf(ConfigError);
      const { problems } = answer as ConfigError;
      expect(problems.length).toBeGreaterThan(0);
      const lines = text.split('\n');
      for (const { line, column } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
      }
    }),
    { numRuns: runs(300) },
  );
});
