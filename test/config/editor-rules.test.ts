/** Rules in the config: parsing, places and every problem. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import type { Settings } from '../../src/model/settings.js';
import { siteFolder } from '../support/site-folder.js';

const SITE = 'site: { title: T, url: "https://n.example/" }\n';
const SOURCES = 'sources: [{ id: a, url: "https://a.example/" }]\n';

async function load(yaml: string, more: Record<string, string> = {}): Promise<Settings> {
  const folder = siteFolder({ 'config/newsloom.yaml': yaml, ...more });
  return await loadSite(join(folder, 'config/newsloom.yaml'), {}, 'fresh');
}

async function mistakes(yaml: string): Promise<string[]> {
  const said: string = await load(yaml).then(
    () => 'no mistake',
    (error) => error.message,
  );
  return said.split('\n').map((line) => line.replace(/^.*config\//, ''));
}

describe('rules', () => {
  it('are read in order, each with its file and line', async () => {
    const yaml = `${SITE}sources: sources.yaml
rules:
  - drop: { title: [horoscope, "Live:*"], url: ["/deals/"], text: [], media: [video] }
  - keep:
      language: [en]
  - retitle: { cut: ["/^Opinion \\\\| /"] }
  - drop: { all: [{ title: [live] }, { category: [Sports], url: [] }], unless: { author: [Ada Quay] } }
`;
    const sources = `- id: a
  url: https://a.example/
  rules:
    - drop: { category: [Sponsored] }
`;
    const { rules, sources: read } = await load(yaml, { 'config/sources.yaml': sources });
    expect(rules).toEqual([
      {
        at: { file: 'config/newsloom.yaml', line: 4 },
        action: 'drop',
        when: { groups: [{ title: ['horoscope', 'Live:*'], url: ['/deals/'], media: ['video'] }], unless: {} },
      },
      {
        at: { file: 'config/newsloom.yaml', line: 5 },
        action: 'keep',
        when: { groups: [{ language: ['en'] }], unless: {} },
      },
      { at: { file: 'config/newsloom.yaml', line: 7 }, action: 'retitle', cut: ['/^Opinion \\| /'] },
      {
        at: { file: 'config/newsloom.yaml', line: 8 },
        action: 'drop',
        when: { groups: [{ title: ['live'] }, { category: ['Sports'] }], unless: { author: ['Ada Quay'] } },
      },
    ]);
    expect(read[0]?.rules).toEqual([
      {
        at: { file: 'config/sources.yaml', line: 4 },
        action: 'drop',
        when: { groups: [{ category: ['Sponsored'] }], unless: {} },
      },
    ]);
  });

  it.each([
    [
      'drop: { title: ["/(ferry/"] }',
      '4:21 rules[0].drop.title[0]',
      'not a valid RE2 expression: missing closing ): `(ferry`',
    ],
    [
      'drop: { url: ["/(?<=a)b/"] }',
      '4:19 rules[0].drop.url[0]',
      'not a valid RE2 expression: invalid named capture: `(?<=a)b`',
    ],
    [
      'retitle: { cut: ["/a{9999}/"] }',
      '4:22 rules[0].retitle.cut[0]',
      'not a valid RE2 expression: invalid repeat count: `{9999}`',
    ],
    ['drop: { title: [" "] }', '4:21 rules[0].drop.title[0]', 'empty phrase: it needs a letter or a digit (" ")'],
    [
      'drop: { language: [english_] }',
      '4:24 rules[0].drop.language[0]',
      'not a BCP 47 language tag such as en or pt-BR ("english_")',
    ],
    [
      'drop: { media: [vidoe] }',
      '4:21 rules[0].drop.media[0]',
      'must be one of audio, video, image ("vidoe"); did you mean "video"?',
    ],
    ['drop: { titel: [a] }', '4:13 rules[0].drop.titel', 'unknown key; did you mean "title"?'],
    ['drop: { title: ferry }', '4:20 rules[0].drop.title', 'expected a list, found text ("ferry")'],
    [
      'drop: { text: [] }',
      '4:11 rules[0].drop',
      'no condition: add at least one of title, text, category, author, url, language, media, duration, age, paid',
    ],
    [
      'keep: {}',
      '4:11 rules[0].keep',
      'no condition: add at least one of title, text, category, author, url, language, media, duration, age, paid',
    ],
    [
      'drop: { all: [], unless: { title: [a] } }',
      '4:11 rules[0].drop',
      'no condition: add at least one of title, text, category, author, url, language, media, duration, age, paid',
    ],
    [
      'drop: { title: [a], unless: { all: [{ title: [b] }] } }',
      '4:35 rules[0].drop.unless.all',
      'unknown key; known keys: title, text, category, author, url, language, media, duration, age, paid',
    ],
    [
      'drop: { title: [a], all: [{ title: ["/(b/"] }] }',
      '4:41 rules[0].drop.all[0].title[0]',
      'not a valid RE2 expression: missing closing ): `(b`',
    ],
    [
      'drop: { title: ["/ferry/g"] }',
      '4:21 rules[0].drop.title[0]',
      'unknown flags: only "i" may follow an expression, as in "/…/i"',
    ],
    ['drop: { all: { title: [a] } }', '4:18 rules[0].drop.all', 'expected a list, found keys with values'],
    ['{}', '4:5 rules[0]', 'a rule needs exactly one of drop, keep, hold, topics, newest, retitle; this one has none'],
    [
      '{ drop: { title: [a] }, keep: { title: [b] } }',
      '4:5 rules[0]',
      'a rule needs exactly one of drop, keep, hold, topics, newest, retitle; this one has drop and keep',
    ],
    ['hide: { title: [a] }', '4:5 rules[0].hide', 'unknown key; known keys: drop, keep, hold, topics, newest, retitle'],
    ['retitle: { cut: [] }', '4:21 rules[0].retitle.cut', 'needs at least 1 entries'],
    [
      'hold: { age: [3d] }',
      '4:19 rules[0].hold.age[0]',
      'not a limit of an age: write < or > and a number of days, such as ">3d" ("3d")',
    ],
    [
      'topics: { age: { over: 3d }, set: [+picks] }',
      '4:20 rules[0].topics.age',
      'topics do not change with age: remove it',
    ],
    ['topics: { set: [+piks] }', '4:21 rules[0].topics.set[0]', 'unknown topic "piks"'],
    ['newest: { of: 5, per: week }', '4:27 rules[0].newest.per', 'must be day ("week")'],
  ])('report the problem in %s', async (rule, place, message) => {
    const found = await mistakes(`${SITE}${SOURCES}rules:\n  - ${rule}\n`);
    expect(found[0]).toBe(`newsloom.yaml:${place}: ${message}`);
  });

  it('of a source report their problems there', async () => {
    const sources = `sources:\n  - url: https://a.example/\n    rules:\n      - drop: { author: ["/[/"] }\n`;
    expect(await mistakes(`${SITE}${sources}`)).toEqual([
      'newsloom.yaml:5:26 sources[0].rules[0].drop.author[0]: not a valid RE2 expression: missing closing ]: `[`',
    ]);
  });
});
