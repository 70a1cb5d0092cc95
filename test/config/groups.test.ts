/** Groups of sources: shared settings, their positions in messages, and YAML anchors. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';

let site: TestSite | undefined;
afterEach(() => site?.remove());

const GROUP = 'groups: [{ id: local, content: full, every: 15m, topics: [town], rules: [{ drop: { title: [ad] } }] }]';
const SOURCES = [
  '{ id: a, url: https://a.example/feed, group: local }',
  '{ id: b, url: https://b.example/feed, group: local, content: none, topics: [] }',
  '{ id: c, url: https://c.example/feed }',
];

function write(groups: string, sources: readonly string[] = SOURCES): string {
  site = aSite({ sources, topics: ['{ id: town, any: [town] }'], more: [groups] });
  return join(site.root, 'config', 'newsloom.yaml');
}

describe('a group', () => {
  it('gives its keys to its sources, which can override each', async () => {
    const config = write(GROUP);
    const { sources } = await loadSite(config, {});
    expect(sources.map(({ content, every, topics, rules = [] }) => [content, every, topics, rules.length])).toEqual([
      ['full', 15, ['town'], 1],
      ['none', 15, [], 1],
      ['summary', null, [], 0],
    ]);
    const line = readFileSync(config, 'utf8').split('\n').indexOf(GROUP) + 1;
    expect(sources[0]!.rules![0]!.at).toEqual({ file: 'config/newsloom.yaml', line });
    expect(sources.map(({ group }) => group)).toEqual([
      { id: 'local', differs: [] },
      { id: 'local', differs: ['content', 'topics'] },
      undefined,
    ]);
  });

  it('is shown by sources list and status', async () => {
    const config = write(GROUP);
    const { out } = await newsloom('sources', 'list', '--group', 'local', '--config', config);
    expect(out).toMatch(/^a +a +new +local *$/m);
    expect(out).toMatch(/^b +b +new +local +content, topics$/m);
    expect(out).not.toMatch(/^c /m);
    expect((await newsloom('sources', 'list', '--group', 'locl', '--config', config)).err).toContain(
      'unknown group "locl"',
    );
    expect((await newsloom('status', '--config', config)).out).toContain('differs from group local: content, topics');
  });

  it.each([
    [GROUP.replace('full', 'all'), SOURCES, /newsloom\.yaml:12:\d+ groups\[0\]\.content: /],
    [GROUP.replace('15m', 'often'), SOURCES, /newsloom\.yaml:12:\d+ groups\[0\]\.every: /],
    [
      GROUP.replace('[town]', '[twon]'),
      SOURCES,
      /newsloom\.yaml:12:\d+ groups\[0\]\.topics\[0\]: unknown topic "twon"/,
    ],
    [GROUP.replace('content', 'url'), SOURCES, /newsloom\.yaml:12:\d+ groups\[0\]\.url: /],
    [
      GROUP,
      ['{ id: a, url: https://a.example/feed, group: locl }'],
      /newsloom\.yaml:6:\d+ sources\[0\]\.group: unknown group "locl"; did you mean "local"/,
    ],
  ])('has its errors reported once, at their line: %#', async (groups, sources, message) => {
    const { out, status } = await newsloom('check', '--config', write(groups, sources));
    expect(status).toBe(78);
    expect(out).toMatch(message);
    expect(out.match(/newsloom\.yaml:\d+/g)).toHaveLength(1);
  });
});

it('accepts YAML anchors and merge keys', async () => {
  const config = write('', []);
  const list =
    'sources:\n  - &one { id: a, url: https://a.example/feed, content: full }\n  - { <<: *one, id: b, url: https://b.example/feed }\n';
  writeFileSync(config, readFileSync(config, 'utf8').replace('sources:\n', list));
  const { sources } = await loadSite(config, {});
  expect(sources.map(({ id, content }) => [id, content])).toEqual([
    ['a', 'full'],
    ['b', 'full'],
  ]);
});
