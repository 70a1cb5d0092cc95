/** Every config problem at its exact place: all at once, in block style, flow style and included files. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabelKnowledge, TopicKnowledge } from '../../src/config/cross-checks.js';
import type { ExpressionKnowledge } from '../../src/config/editor-rules.js';
import { loadSettings } from '../../src/config/load.js';
import { ConfigError } from '../../src/model/errors.js';
import { expressionProblem } from '../../src/rules/expression.js';
import { labelNames, wordProblem } from '../../src/write/html/page-labels.js';
import { siteFolder } from '../support/site-folder.js';

/** One country, and any IPTC topic. */
const LORE: TopicKnowledge & LabelKnowledge & ExpressionKnowledge = {
  expressionProblem,
  labelNames,
  wordProblem,
  iptcProblem: () => null,
  readyMadeTopic: ({ place }) => (place === 'UA' ? { id: 'ukraine', label: 'Ukraine' } : null),
};

/** One problem per line, with file names relative to the folder. */
async function mistakes(
  files: string | Record<string, string>,
  env: Record<string, string> = {},
  lore: TopicKnowledge & LabelKnowledge & ExpressionKnowledge = LORE,
): Promise<string[]> {
  const folder = siteFolder(typeof files === 'string' ? { 'config/newsloom.yaml': files } : files);
  const settled = await loadSettings(join(folder, 'config/newsloom.yaml'), env, lore).catch((error) => error);
  expect(settled).toBeInstanceOf(ConfigError);
  expect(settled.code).toBe('CONFIG_INVALID');
  return settled.message.replaceAll(`${folder}/config/`, '').split('\n');
}

const SITE = 'site: { title: T, url: "https://n.example/" }\n';

it.each(['https://paper.example/', 'paper.example/news', 'a b', ''])(
  'reports %j, which is not a host, in sites',
  async (site) => {
    const yaml = `${SITE}sources: [{ url: "https://a.example/", sites: ["${site}"] }]\n`;
    expect(await mistakes(yaml)).toEqual([expect.stringContaining('sources[0].sites[0]: not a host')]);
  },
);

describe('a config with every problem at once', () => {
  it('reports each at its place in block style', async () => {
    const yaml = `site:
  titel: The Section
  url: news.example.org
  language: e
sources:
  - id: one
    url: https://one.example/feed
  - id: one
    url: ftp://two.example/feed
topics: topics.yaml
schedule:
  cron: 61 * * * *
publish:
  items: 0
  dir: feeds
  dir: elsewhere
`;
    expect(await mistakes(yaml)).toEqual([
      'newsloom.yaml:2:3 site.title: required, but missing',
      'newsloom.yaml:2:3 site.titel: unknown key; did you mean "title"?',
      'newsloom.yaml:3:8 site.url: not an absolute http(s) URL without "?" and "#" ("news.example.org"); write https:// before it',
      'newsloom.yaml:4:13 site.language: not a BCP 47 language tag such as en or pt-BR ("e")',
      'newsloom.yaml:8:9 sources[1].id: sources[0] already has the id "one"',
      'newsloom.yaml:9:10 sources[1].url: not an absolute http(s) URL ("ftp://two.example/feed")',
      expect.stringMatching(/^newsloom\.yaml:10:9 topics: no such file \(.*topics\.yaml\)$/),
      'newsloom.yaml:12:9 schedule.cron: not a cron expression ("61 * * * *"): 61 is a invalid expression for minute; the fields are minute hour day-of-month month day-of-week (optionally preceded by a second)',
      'newsloom.yaml:14:10 publish.items: must be at least 1 ("0")',
      'newsloom.yaml:16:3 publish.dir: duplicate key "dir"',
    ]);
  });

  it('reports each at its place in flow style', async () => {
    const yaml = `site: { titel: T, url: "http://",
  language: e }
sources: [{ id: a, url: x }, { id: a, url: "https://b.example/" }]
topics: [{ id: empty }, { id: gone, parent: emty, any: [" "] }]
schedule: { cron: "* *" }
store: { path: a, path: b }
worker: { port: http, prot: 1 }
`;
    expect(await mistakes(yaml)).toEqual([
      'newsloom.yaml:1:7 site.title: required, but missing',
      'newsloom.yaml:1:9 site.titel: unknown key; did you mean "title"?',
      'newsloom.yaml:1:24 site.url: not an absolute http(s) URL without "?" and "#" ("http://")',
      'newsloom.yaml:2:13 site.language: not a BCP 47 language tag such as en or pt-BR ("e")',
      'newsloom.yaml:3:25 sources[0].url: not an absolute http(s) URL ("x")',
      'newsloom.yaml:3:36 sources[1].id: sources[0] already has the id "a"',
      'newsloom.yaml:4:45 topics[1].parent: unknown topic "emty"; did you mean "empty"?',
      'newsloom.yaml:4:57 topics[1].any[0]: empty phrase: it needs a letter or a digit (" ")',
      expect.stringMatching(
        /^newsloom\.yaml:5:19 schedule\.cron: not a cron expression \("\* \*"\): expected 5 or 6 fields/,
      ),
      'newsloom.yaml:6:19 store.path: duplicate key "path"',
      'newsloom.yaml:7:17 worker.port: expected a number, found text ("http")',
      'newsloom.yaml:7:23 worker.prot: unknown key; did you mean "port"?',
    ]);
  });

  it('reports each at its place in included files', async () => {
    const found = await mistakes({
      'config/newsloom.yaml': `${SITE}sources: sources.yaml\ntopics: topics.yaml\n`,
      'config/sources.yaml': `- id: a
  url: https://a.example/feed
  content: fulll
- id: a
  url: feed://b.example/
- url: https://c.example/
  topics: [emty, empty2]
  every: 30
`,
      'config/topics.yaml': `# topics
- id: empty
- { id: war, any: [war], non: [peace], iptc: medtop:20000057 }
- { id: war, label: "" , map: [{ source: aa, category: War }] }
`,
    });
    expect(found).toEqual([
      'sources.yaml:3:12 sources[0].content: must be one of full, summary, none ("fulll"); did you mean "full"?',
      'sources.yaml:4:7 sources[1].id: sources[0] already has the id "a"',
      'sources.yaml:5:8 sources[1].url: not an absolute http(s) URL ("feed://b.example/"); write https:// instead of feed:',
      'sources.yaml:7:12 sources[2].topics[0]: unknown topic "emty"; did you mean "empty"?',
      'sources.yaml:7:18 sources[2].topics[1]: unknown topic "empty2"; did you mean "empty"?',
      'sources.yaml:8:10 sources[2].every: not a duration: write a number followed by ms, s, m, h, d or w, such as 30m ("30")',
      'topics.yaml:3:26 topics[1].non: unknown key; did you mean "none"?',
      'topics.yaml:4:9 topics[2].id: topics[1] already has the id "war"',
      'topics.yaml:4:21 topics[2].label: must not be empty ("")',
      'topics.yaml:4:42 topics[2].map[0].source: unknown source "aa"; did you mean "a"?',
    ]);
  });
});

describe('a bucket', () => {
  const said = (s3: string) => mistakes(`${SITE}sources: [{ url: "https://a.example/" }]\npublish: { s3: ${s3} }\n`);

  it('requires a valid name, and a region or an endpoint', async () => {
    expect(await said('{ bucket: News_, prefix: /feeds, endpoint: s3.example, key: x }')).toEqual([
      'newsloom.yaml:3:26 publish.s3.bucket: not a bucket name: use 3 to 63 of a-z, 0-9, "-" and "." ("News_")',
      'newsloom.yaml:3:41 publish.s3.prefix: not a prefix: write it without a leading "/", such as feeds/ ("/feeds")',
      'newsloom.yaml:3:59 publish.s3.endpoint: not an absolute http(s) URL without "?" and "#" ("s3.example"); write https:// before it',
      expect.stringContaining('publish.s3.key: unknown key'),
    ]);
    expect(await said('{ bucket: news }')).toEqual([
      'newsloom.yaml:3:16 publish.s3: required: the AWS region, or the endpoint of another store',
    ]);
  });
});

describe('a problem', () => {
  it.each([
    [
      'publish: { hub: hub.example }',
      '3:17 publish.hub: not an absolute http(s) URL ("hub.example"); write https:// before it',
    ],
    [
      'topics: [{ id: a, any: [x], formerly: [b] }, { id: b, any: [y] }]',
      '3:40 topics[0].formerly[0]: topics[1] already has the id "b"',
    ],
    [
      'topics: [{ id: a, any: [x], formerly: [c] }, { id: b, any: [y], formerly: [c] }]',
      '3:76 topics[1].formerly[0]: topics[0] already has the id "c"',
    ],
    ['retention: 12h', '3:12 retention: must be at least 1d ("12h")'],
    ['retention: 99999999d', '3:12 retention: must be at most 36500d ("99999999d")'],
    ['fetch: { timeout: 30d }', '3:19 fetch.timeout: must be at most 24d ("30d")'],
    [
      'fetch: { maxBytes: 10 megs }',
      '3:20 fetch.maxBytes: not a size: write a number followed by kB, MB, GB, KiB, MiB or GiB, such as 10MB ("10 megs")',
    ],
    ['fetch: { maxBytes: [] }', '3:20 fetch.maxBytes: expected text or a number, found a list'],
    [
      'credits: ["as {publication} and {paper} say"]',
      '3:11 credits[0]: not a credit line: it needs text and {publication} exactly once, and no other placeholder ("as {publication} and {paper} say")',
    ],
    [
      'credits: ["{publication}"]',
      '3:11 credits[0]: not a credit line: it needs text and {publication} exactly once, and no other placeholder ("{publication}")',
    ],
    ['publish: { menu: [sea] }', '3:19 publish.menu[0]: unknown topic "sea"'],
    [
      'publish: { words: { leaveComent: Say something } }',
      '3:21 publish.words.leaveComent: unknown page label "leaveComent"; did you mean "leaveComment"?',
    ],
    [
      'publish: { words: { xyzzy: Say something } }',
      '3:21 publish.words.xyzzy: unknown page label "xyzzy"; docs/pages.md lists the labels',
    ],
    [
      'publish: { words: { readWhole: "Read it at {paper}" } }',
      '3:32 publish.words.readWhole: unknown placeholder {paper}; expected: {publication}',
    ],
    ['stories: { prefer: [a] }', '3:21 stories.prefer[0]: unknown source "a"'],
    ['duplicates: true', '3:13 duplicates: must be one of fold, keep ("true")'],
    ['topics: [{ any: [x] }]', '3:10 topics[0].id: required, but missing'],
    [
      'topics: [{ id: A, any: [x] }]',
      `3:16 topics[0].id: an id may contain only a-z, 0-9 and "-" ("A"); use lower case`,
    ],
    ['topics: [{ place: ZZ }]', '3:19 topics[0].place: unknown ISO 3166-1 country code "ZZ"'],
    ['topics: [{ place: atlantis }]', '3:19 topics[0].place: unknown region "atlantis"'],
    ['topics: [{ id: a, place: [UA, ZZ] }]', '3:31 topics[0].place[1]: unknown ISO 3166-1 country code "ZZ"'],
    ['topics: [{ iptc: medtop:20000056 }]', '3:10 topics[0].id: required, but missing'],
    [
      'topics: [{ place: kp }]',
      '3:19 topics[0].place: not a country: write an ISO 3166-1 code of two capitals, such as KP, or a region, such as asia ("kp")',
    ],
    [
      'topics: [{ id: a, any: [2024] }]',
      '3:25 topics[0].any[0]: expected text, found a number ("2024"); put it in quotes',
    ],
    [
      'rules: [{ drop: { title: [advertisement, sponsored:] } }]',
      '3:42 rules[0].drop.title[1]: expected text, found keys with values',
    ],
    ['topics: [{ id: a, any: [{ Live: ferry }] }]', '3:25 topics[0].any[0]: expected text, found keys with values'],
    ['topics: [{ id: a, any: [{ b: c, d: e }] }]', '3:25 topics[0].any[0]: expected text, found keys with values'],
    ['topics: [{ id: a, near: [[x]] }]', '3:26 topics[0].near[0]: needs at least 2 entries'],
    [
      'topics: [{ id: a, label: { english_x: E }, any: [x] }]',
      '3:28 topics[0].label.english_x: not a BCP 47 language tag',
    ],
    [
      'topics: [{ id: a, any: [x], iptc: "20000056" }]',
      '3:35 topics[0].iptc: not an IPTC Media Topic: write medtop: followed by eight digits ("20000056")',
    ],
    [
      'topics: [{ id: a, any: [x], parent: b }, { id: b, parent: a }]',
      '3:37 topics[0].parent: circular parents: a → b → a',
    ],
    ['topics: [a]', '3:10 topics[0]: expected keys with values, found text ("a")'],
    ['publish: [a]', '3:10 publish: expected keys with values, found a list'],
    [
      'nonsense: 1',
      '3:1 nonsense: unknown key; known keys: site, extends, sources, groups, topics, rules, desk, every, content, publish, images, store, fetch, duplicates, stories, review, channels, languages, digests, credits, retention, schedule, worker, announce, enrich',
    ],
    ['groups: [{ id: local, text: { remove: ["p["] } }]', '3:40 groups[0].text.remove[0]: not a CSS selector ("p[")'],
    [
      `announce: [{ to: slak, url: "\${X}", of: [all] }]`,
      '3:18 announce[0].to: must be one of webhook, slack, discord, telegram, ntfy, mastodon, bluesky, matrix, apprise ("slak"); did you mean "slack"?',
    ],
    [
      'announce: [{ to: slack, url: "https://a.example/key", of: [all] }]',
      `3:30 announce[0].url: must not contain the secret itself: write \${NAME} and set NAME in the environment`,
    ],
    [
      `announce: [{ to: ntfy, url: "https://a.example/t", secret: "\${X}", of: [all] }]`,
      '3:52 announce[0].secret: not allowed with to: ntfy',
    ],
    [
      'announce: [{ to: mastodon, url: "https://a.example/", of: [all] }]',
      '3:12 announce[0].token: required, but missing',
    ],
    [
      'announce: [{ to: matrix, url: "https://m.example/", of: [all] }]',
      '3:12 announce[0].token: required, but missing',
    ],
    [
      'announce: [{ to: apprise, url: "https://a.example/notify/key", of: [all] }]',
      `3:32 announce[0].url: must not contain the secret itself: write \${NAME} and set NAME in the environment`,
    ],
    [
      `announce: [{ to: apprise, url: "\${X}", token: "\${X}", of: [all] }]`,
      '3:40 announce[0].token: not allowed with to: apprise',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [topics/sae] }]',
      '3:59 announce[0].of[0]: unknown topic "sae"',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [everything] }]',
      '3:59 announce[0].of[0]: not a channel to announce: write stories, all, topics/<id>, sources/<id>, channels/<id>, language/<tag>, desk or failures ("everything")',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [all], quiet: night }]',
      '3:72 announce[0].quiet: not a span of hours, such as 22-07 or 22:30-06:45 ("night")',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [all], text: "{headline}" }]',
      '3:71 announce[0].text: not a valid text: it needs {title} or {url}, and the only placeholders are {title} {publication} {summary} {section} {topics} {url} ("{headline}")',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [all] }, { to: webhook, url: "https://b.example/", of: [all] }]',
      '3:67 announce[1]: announce[0] already has the id "webhook"; give this entry its own id',
    ],
    [
      'announce: [{ to: webhook, url: "https://a.example/", of: [stories] }]\npublish: { stories: false }',
      '3:59 announce[0].of[0]: not published, because publish.stories is false',
    ],
    ['channels: [{ id: a, where: { topics: [b] } }]', '3:39 channels[0].where.topics[0]: unknown topic "b"'],
    ['channels: [{ id: a, where: { not: { sources: b } } }]', '3:46 channels[0].where.not.sources: unknown source "b"'],
    ['channels: [{ id: a, where: { stories: 1 } }]', '3:39 channels[0].where.stories: must be at least 2 ("1")'],
    [
      'channels: [{ id: a, where: { txt: { any: [b] } } }]',
      '3:30 channels[0].where.txt: unknown key; did you mean "text"?',
    ],
    [
      'channels: [{ id: a, where: { language: [en] } }, { id: a, where: { language: uk } }]',
      '3:56 channels[1].id: channels[0] already has the id "a"',
    ],
    [
      'digests: [{ id: d, every: "monday" }]',
      '3:27 digests[0].every: not a digest time: write days and a time of day, such as "monday 06:00", "monday thursday 18:30", "weekdays 06:00", "daily 06:00" or "monthly 06:00" ("monday")',
    ],
    ['digests: [{ id: d, every: daily 06:00, perSource: 0 }]', '3:51 digests[0].perSource: must be at least 1 ("0")'],
    [
      'digests: [{ id: d, every: daily 06:00, introduction: [a] }]',
      '3:54 digests[0].introduction: expected text or keys with values, found a list',
    ],
    [
      'digests: [{ id: d, every: daily 06:00, send: { command: [sendmail], to: readers } }]',
      '3:73 digests[0].send.to: not a mail address ("readers")',
    ],
    ['digests: [{ id: d, every: daily 06:00, of: channels/law }]', '3:44 digests[0].of: unknown channel "law"'],
    [
      'digests: [{ id: d, every: daily 06:00, of: language/uk }]',
      '3:44 digests[0].of: the language "uk" is not in `languages`',
    ],
    [
      'digests: [{ id: d, every: daily 06:00, of: stories }]',
      '3:44 digests[0].of: not a channel: write all, topics/…, sources/…, channels/… or language/… ("stories")',
    ],
    [
      'topics: [{ id: a, any: "tram, night ferry" }]',
      '3:24 topics[0].any: expected a list, found text ("tram, night ferry")',
    ],
    ['topics: [{ id: a, any: "tram: 5" }]', '3:24 topics[0].any: expected a list, found text ("tram: 5")'],
    ['topics: [{ id: a, map: [x] }]', '3:25 topics[0].map[0]: expected { category: … } ("x")'],
    [
      'topics: [{ id: a, any: [x], title: A }]',
      '3:29 topics[0].title: unknown key; known keys: id, formerly, label, iptc, parent, icon, any, hints, all, near, none, map, place',
    ],
    [
      'topics: [{ id: a, any: [x] }, [x, , y]]',
      '3:35 topics[1]: unexpected YAML syntax: indent the keys of one entry equally, and quote values that contain ": ", " #" or quotes',
    ],
    [
      `announce: [{ kind: webhook, url: "https://a.example/", secret: \${X} }]`,
      `3:65 announce[0].secret: "\${" inside of { } or [ ]: put the value in quotes, as "\${NAME}"`,
    ],
    [
      'topics: [{ id: a, label: The week: in short, any: [x] }]',
      '3:26 topics[0].label.The week: a value that contains ": " or "- " inside of { } or [ ]: put it in quotes',
    ],
    ['languages: [de, german]', '3:17 languages[1]: not a BCP 47 language tag such as en or pt-BR ("german")'],
    ['languages: [deu]', '3:13 languages[0]: not a BCP 47 language tag such as en or pt-BR ("deu")'],
    ['languages: [xx]', '3:13 languages[0]: not a BCP 47 language tag such as en or pt-BR ("xx")'],
    [
      'topics: [{ id: a, phrases: [x] }]',
      '3:19 topics[0].phrases: unknown key; known keys: id, formerly, label, iptc, parent, icon, any, hints, all, near, none, map, place',
    ],
    [
      'topics: feeds.opml',
      '3:9 topics: expected a list in YAML; "newsloom sources import" imports OPML, and a source with "kind: opml" reads it in each run',
    ],
  ])('is reported at its place: %s', async (line, said) => {
    expect(await mistakes(`${SITE}sources: []\n${line}\n`, { X: 'https://x.example/' })).toEqual([
      `newsloom.yaml:${said}`,
    ]);
  });

  it.each(['und', 'iw', 'zh-Hant-TW', 'mul'])('is not reported for the language tag %s', async (tag) => {
    const folder = siteFolder({ 'config/newsloom.yaml': `${SITE}sources: []\nlanguages: [${tag}]\n` });
    expect(await loadSettings(join(folder, 'config/newsloom.yaml'), {}, LORE)).toMatchObject({ sources: [] });
  });

  it('may be a menu that is too long', async () => {
    const menu = 'publish: { menu: [a, b, c, d, e, f, g, h, i] }';
    expect(await mistakes(`${SITE}sources: []\n${menu}\n`)).toContain(
      'newsloom.yaml:3:18 publish.menu: may have at most 8 entries',
    );
  });

  it.each(['face.txt', 'ftp://a.example/face.png', 'faces/'])('may be an icon: %s', async (icon) => {
    const yaml = `site: { title: T, url: "https://n.example/" }\nsources: [{ url: "https://a.example/", icon: "${icon}" }]\n`;
    const said = 'not an icon: write an http(s) address, or name a .png, .webp, .svg, .jpg, .gif or .ico file';
    expect(await mistakes(yaml)).toEqual([`newsloom.yaml:2:46 sources[0].icon: ${said} ("${icon}")`]);
  });

  it.each([
    ['Kyiv', ''],
    ['Europe/Berlln', '; did you mean "Europe/Berlin"?'],
    ['+02:00', ''],
    ['Middle-earth/Shire', ''],
  ])('may be a time zone: %s', async (zone, advice) => {
    const said = `newsloom.yaml:1:56 site.timezone: not an IANA time zone such as Europe/Kyiv ("${zone}")${advice}`;
    const yaml = `site: { title: T, url: "https://n.example/", timezone: "${zone}" }\nsources: []\n`;
    expect(await mistakes(yaml)).toEqual([said]);
  });

  it.each([
    [
      '{ title: T, url: "https://n.example/", contact: me@n.example }',
      '55 site.contact: not a mailto: or http(s) address ("me@n.example"); write mailto: before it',
    ],
    [
      '{ title: T, url: "https://n.example/", language: en_GB }',
      '56 site.language: not a BCP 47 language tag such as en or pt-BR ("en_GB"); write "-" instead of "_"',
    ],
    [
      '{ title: T, url: "https://n.example/", comments: "https://f.example/{uri}" }',
      '56 site.comments: not an http(s) URL; the only placeholders are {id}, {slug}, {url} and {title} ("https://f.example/{uri}")',
    ],
    [
      '{ title: T, url: "https://n.example/?a" }',
      '24 site.url: not an absolute http(s) URL without "?" and "#" ("https://n.example/?a")',
    ],
  ])('is reported at its place: site: %s', async (site, said) => {
    expect(await mistakes(`site: ${site}\nsources: []\n`)).toEqual([`newsloom.yaml:1:${said}`]);
  });

  it('in an IPTC id has the message of the lookup', async () => {
    const iptcProblem = (id: string) => (id === 'medtop:20000056' ? null : `${id} is not known`);
    const topics = 'topics: [{ id: a, any: [x], iptc: medtop:20000056 }, { id: b, any: [x], iptc: medtop:20000057 }]';
    expect(await mistakes(`${SITE}sources: []\n${topics}\n`, {}, { ...LORE, iptcProblem })).toEqual([
      'newsloom.yaml:3:79 topics[1].iptc: medtop:20000057 is not known',
    ]);
  });

  it('in the YAML syntax is the only one reported for that file', async () => {
    const found = await mistakes({
      'config/newsloom.yaml': `${SITE}sources: sources.yaml\ntopics: [{ id: t, map: [{ source: a, category: c }] }]\n`,
      'config/sources.yaml': '- id: a\n  topics: [x, y\n- id: b\n',
    });
    expect(found).toHaveLength(1);
    // Where it was opened: YAML misses its end a line later.
    expect(found[0]).toBe('sources.yaml:2:11 sources[0].topics: an unclosed bracket');
  });

  it('may be an unclosed bracket over several lines with closed ones in it', async () => {
    const lines = ['sources: [', '  { id: a, topics: [b, c] },', 'topics: []'];
    const [first] = await mistakes(`${SITE}${lines.join('\n')}\n`);
    expect(first).toBe('newsloom.yaml:2:10 sources: an unclosed bracket');
  });

  it('may be a bracket that only a quoted one seems to close', async () => {
    const [first] = await mistakes(`${SITE}sources: []\ncredits: [ "by ]", x\nduplicates: keep\n`);
    expect(first).toBe('newsloom.yaml:3:10 credits: an unclosed bracket');
  });

  it('in a line without a key reports what is missing', async () => {
    expect(await mistakes(`${SITE}sources: []\nschedule\n`)).toEqual([
      'newsloom.yaml:3:1 schedule: a line without ":" after its key, or not indented as those around it',
    ]);
  });

  it('in an entry with less indentation than the others is reported once', async () => {
    const rules = 'rules:\n  - drop: { title: [x] }\n - retitle: ["Live: x"]\n';
    expect(await mistakes(`${SITE}sources: []\n${rules}`)).toEqual([
      'newsloom.yaml:5:1 a "- " that is not indented as those above it',
    ]);
  });

  it('in an expression in double quotes explains the quoting', async () => {
    const ways = [`'/^\\[Ad\\]/'`, '"/^\\\\[Ad\\\\]/"', '"/^\\[Ad/"'];
    expect(await mistakes(`${SITE}sources: []\nrules: [{ drop: { title: [${ways.join(', ')}] } }]\n`)).toEqual([
      'newsloom.yaml:3:58 rules[0].drop.title[2]: an invalid "\\" in double quotes: put the text (such as an expression) in single quotes, or write each "\\" twice',
    ]);
  });

  it('in an empty file: all required keys are missing', async () => {
    expect(await mistakes('# nothing yet\n')).toEqual([
      'newsloom.yaml:1:1 site: required, but missing',
      'newsloom.yaml:1:1 sources: required, but missing',
    ]);
  });

  it('for a missing file is reported together with the others', async () => {
    const found = await mistakes(`${SITE}sources: nowhere.yaml\ntopics: [{ id: t }]\nworker: { port: -1 }\n`);
    expect(found).toEqual([
      expect.stringMatching(/^newsloom\.yaml:2:10 sources: no such file \(.*nowhere\.yaml\)$/),
      'newsloom.yaml:4:17 worker.port: must be at least 0 ("-1")',
    ]);
  });

  it('is an empty file instead of a list, but not a file of comments', async () => {
    const empty = 'the file is empty: restore its content, or write [] for an empty list';
    const found = await mistakes({
      'config/newsloom.yaml': `${SITE}sources: sources.yaml\ntopics: topics.yaml\nextends: ../pack\nfetch: { perHost: 0 }\n`,
      'config/sources.yaml': '',
      'config/topics.yaml': '\uFEFF \n\t\n',
      'config/desk.yaml': '\n',
      'pack/topics.yaml': '',
    });
    expect(found.map((line) => line.replace(/^\/.*\/(?=desk|pack)/, ''))).toEqual([
      'newsloom.yaml:5:19 fetch.perHost: must be at least 1 ("0")',
      `desk.yaml:1:1 desk: ${empty}`,
      `sources.yaml:1:1 sources: ${empty}`,
      `topics.yaml:1:1 topics: ${empty}`,
      `pack/topics.yaml:1:1 ${empty}`,
    ]);
    const folder = siteFolder({
      'config/newsloom.yaml': `${SITE}sources: sources.yaml\ntopics: topics.yaml\n`,
      'config/sources.yaml': '[]\n',
      'config/topics.yaml': '# none yet\n',
      'config/desk.yaml': '# none yet',
    });
    const settled = await loadSettings(join(folder, 'config/newsloom.yaml'), {}, LORE);
    expect([settled.sources, settled.topics, settled.desk.entries]).toEqual([[], [], []]);
  });

  it('for a missing templates folder is reported', async () => {
    const [said] = await mistakes(`${SITE}sources: []\npublish: { templates: theme }\n`);
    expect(said).toMatch(/^newsloom\.yaml:3:23 publish\.templates: no such folder \(.*theme\)$/);
  });
});

describe('the environment', () => {
  const yaml = `${SITE}sources:
  - url: "https://\${HOST}/feed"
    headers: { Authorization: "Bearer \${KEY}" }
`;

  it('is reported once for each unset variable', async () => {
    expect(await mistakes(yaml, { KEY: 'secret' })).toEqual([
      'newsloom.yaml:3:10 sources[0].url: environment variable HOST is not set',
    ]);
  });

  it('treats a variable without a value as unset if it is the whole value', async () => {
    expect(await mistakes(yaml, { HOST: 'a example', KEY: '' })).toEqual([
      expect.stringContaining('sources[0].url: not an absolute'),
    ]);
    const url = `${SITE}sources: [{ url: "\${HOST}" }]\n`;
    expect(await mistakes(url, { HOST: '' })).toEqual([
      'newsloom.yaml:2:18 sources[0].url: environment variable HOST is not set',
    ]);
  });

  it('is never quoted in messages', async () => {
    const found = await mistakes(yaml, { KEY: 'secret\n', HOST: 'secret host' });
    expect(found).toEqual([
      `newsloom.yaml:3:10 sources[0].url: not an absolute http(s) URL ("https://\${HOST}/feed")`,
      'newsloom.yaml:4:31 sources[0].headers.Authorization: not a header value',
    ]);
  });

  it('never leads to a message with the arguments or variables of a command', async () => {
    const yaml = `${SITE}sources: []\nenrich: [{ as: summary, run: "tool --key secret", env: "KEY=secret" }]\n`;
    const found = await mistakes(yaml);
    expect(found[0]).toMatch(/enrich\[0\]\.run: expected a list, found text$/);
    expect(found.join()).not.toContain('secret');
  });

  it('never leads to a message with the password of an address', async () => {
    const [said] = await mistakes(`${SITE}sources: [{ url: "https://me:secret@a.example:99999/" }]\n`);
    expect(said).toContain('("https://***@a.example:99999/")');
  });
});

describe('a topic that articles can have', () => {
  it.each([
    ['a phrase', '{ id: t, near: [[a, b]] }'],
    ['a map', '{ id: t, map: [{ category: War }] }'],
    ['a place', '{ id: t, place: UA }'],
    ['a source by default', '{ id: d }'],
    ['a topic below it', '{ id: t }, { id: u, parent: t }, { id: v, parent: u, all: [a] }'],
    ["a topic below it that is a source's default", '{ id: t }, { id: d, parent: t }'],
  ])('passes: %s', async (_, topics) => {
    const given = topics.includes('id: d') ? topics : `${topics}, { id: d }`;
    const yaml = `${SITE}sources: [{ url: "https://a.example/", topics: [d] }]\ntopics: [${given}]\n`;
    const folder = siteFolder({ 'newsloom.yaml': yaml });
    expect((await loadSettings(join(folder, 'newsloom.yaml'), {}, LORE)).topics.length).toBeGreaterThan(0);
  });
});

describe('sources that the editor writes', () => {
  it('need a path and an id, and no address; a feed needs an address', async () => {
    const yaml = `${SITE}sources:
  - { kind: posts }
  - { id: desk, kind: posts, path: content, url: "https://n.example/feed" }
  - { id: paper, path: content }
  - { id: drafts, kind: posts, path: feeds/drafts }
  - { id: diary, kind: blog, path: content }
`;
    expect(await mistakes(yaml)).toEqual([
      'newsloom.yaml:3:5 sources[0].path: required, but missing',
      'newsloom.yaml:3:5 sources[0].id: required, but missing',
      'newsloom.yaml:4:45 sources[1].url: not allowed with kind: posts, which uses path',
      'newsloom.yaml:5:5 sources[2].url: required, but missing',
      'newsloom.yaml:5:18 sources[2].path: not allowed with kind: feed, which uses url',
      'newsloom.yaml:6:38 sources[3].path: overlaps with publish.dir, so unpublished posts would be public',
      'newsloom.yaml:7:24 sources[4].kind: must be one of feed, posts, links, page, sitemap, json, opml ("blog")',
    ]);
  });
});

describe('commands of enrich', () => {
  it('report all of their problems', async () => {
    const yaml = `${SITE}sources: []
enrich:
  - { run: [], as: translation }
  - { run: [./tools/sort.py], as: topics, show: beside, when: { topics: sea, sources: [nobody] } }
  - { run: [sort.py], as: summery, of: [title, body], timeout: 1ms }
  - { run: [./sort], as: translation, of: [url], env: { "A-B": x }, shell: true }
`;
    expect(await mistakes(yaml)).toEqual([
      'newsloom.yaml:4:12 enrich[0].run: needs at least 1 entries',
      'newsloom.yaml:5:73 enrich[1].when.topics: unknown topic "sea"',
      'newsloom.yaml:5:88 enrich[1].when.sources[0]: unknown source "nobody"',
      'newsloom.yaml:6:5 enrich[2]: enrich[1] already has the name "sort"; give this entry its own name',
      'newsloom.yaml:6:27 enrich[2].as: must be one of translation, summary, topics ("summery"); did you mean "summary"?',
      'newsloom.yaml:6:48 enrich[2].of[1]: must be one of title, summary, content, url, publication ("body")',
      'newsloom.yaml:6:64 enrich[2].timeout: must be at least 1s ("1ms")',
      'newsloom.yaml:7:5 enrich[3]: enrich[1] already has the name "sort"; give this entry its own name',
      'newsloom.yaml:7:57 enrich[3].env.A-B: not the name of a variable',
      'newsloom.yaml:7:69 enrich[3].shell: unknown key; known keys: name, run, of, when, as, language, show, env, timeout, atMost',
    ]);
  });
});
