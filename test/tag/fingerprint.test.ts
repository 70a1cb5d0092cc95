import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TopicConfig } from '../../src/model/topic.js';
import { topicsFingerprint } from '../../src/tag/fingerprint.js';

const war: TopicConfig = {
  id: 'war',
  label: 'War',
  any: ['Kursk', 'Kyiv'],
  none: ['price war'],
  near: [
    ['a', 'b'],
    ['c', 'd'],
  ],
};
const korea: TopicConfig = { id: 'korea', place: 'KP' };
const defaults = new Map([['herald', ['war', 'korea']]]);
const first = topicsFingerprint([war, korea], defaults);

describe('topicsFingerprint', () => {
  it('stays the same for changes without effect on tags', () => {
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    const same = [
      [[korea, war], defaults],
      [[{ ...war, any: ['Kyiv', 'Kursk', 'Kyiv'], label: { en: 'A war' }, iptc: 'medtop:20000056' }, korea], defaults],
      [
        [
          {
            ...war,
            near: [
              ['c', 'd'],
              ['a', 'b'],
            ],
          },
          korea,
        ],
        defaults,
      ],
      [
        [war, korea],
        new Map([
          ['none', []],
          ['herald', ['korea', 'war', 'unknown']],
        ]),
      ],
    ] as const;
    for (const [topics, given] of same) expect(topicsFingerprint(topics, given)).toBe(first);
  });

  it.each<[string, TopicConfig]>([
    ['id', { ...war, id: 'wars' }],
    ['phrase', { ...war, any: ['Kursk', 'Kyiv*'] }],
    ['all', { ...war, all: ['Kursk'] }],
    ['none', { ...war, none: [] }],
    [
      'near',
      {
        ...war,
        near: [
          ['a', 'c'],
          ['b', 'd'],
        ],
      },
    ],
    ['parent', { ...war, parent: 'korea' }],
    ['map', { ...war, map: [{ category: 'War' }] }],
    ['place', { ...war, place: 'UA' }],
    ['places', { ...war, place: ['UA', 'europe'] }],
    ['ready-made phrases', { id: 'war', iptc: 'medtop:16000000' }],
  ])('changes with the %s', (_, changed) => {
    expect(topicsFingerprint([changed, korea], defaults)).not.toBe(first);
  });

  it('contains the release of the names of countries', () => {
    const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
    const { version } = JSON.parse(read('../../node_modules/i18n-iso-countries/package.json')) as { version: string };
    expect(read('../../src/tag/fingerprint.ts')).toContain(`const countryNames = '${version}';`);
  });

  it('changes with the defaults', () => {
    expect(topicsFingerprint([war, korea], new Map([['herald', ['war']]]))).not.toBe(first);
  });
});
