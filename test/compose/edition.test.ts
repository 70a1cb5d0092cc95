import { describe, expect, it } from 'vitest';
import { channelMetadata } from '../../src/compose/channel-metadata.js';
import { composeEdition } from '../../src/compose/edition.js';
import { manifestFile, readManifest } from '../../src/compose/manifest.js';
import { editionSettings } from '../support/published-article.js';
import { at } from '../support/stored-articles.js';

const settings = editionSettings();
const source = (id: string, url: string) => ({ ...settings.sources[0]!, id, url });
const profile = {
  title: 'P',
  homeUrl: 'https://p.example/',
  feedUrl: 'https://p.example/own',
  description: 'd',
  language: 'en',
};

describe('composeEdition', () => {
  it('lists channels in menu order, with the newest change', () => {
    const paths = ['topics/weather', 'sources/paper', 'stories', 'topics/ocean', 'all'];
    const channels = paths.map((path, n) => ({
      metadata: channelMetadata(path, settings, new Map())!,
      updatedAt: at(n),
    }));
    const edition = composeEdition(settings, new Map(), channels, 'rss');
    expect(edition.channels.map(({ path }) => path)).toEqual([
      'all',
      'stories',
      'topics/ocean',
      'topics/weather',
      'sources/paper',
    ]);
    expect(edition.channels[2]).toMatchObject({ parent: 'topics/sea', updatedAt: at(3) });
    expect(edition.updatedAt).toEqual(at(4));
  });

  it.each([
    ['https://paper.example/feed', 'https://paper.example/feed'],
    ['https://me:pw@paper.example/feed', 'https://p.example/own'],
    ['https://paper.example/feed?key=0123456789abcdef', 'https://p.example/own'],
    ['file:///home/me/feed.xml', 'https://p.example/own'],
  ])('lists %s as %s', (url, listed) => {
    const edition = composeEdition({ ...settings, sources: [source('p', url)] }, new Map([['p', profile]]), [], null);
    expect(edition.sources[0]).toMatchObject({ id: 'p', title: 'P', feedUrl: listed, homeUrl: 'https://p.example/' });
  });

  it('lists sources by id, without secret addresses', () => {
    const sources = [source('b', 'file:///b.xml'), source('a', 'https://a.example/feed')];
    const edition = composeEdition({ ...settings, sources }, new Map(), [], null);
    expect(edition.sources.map(({ id, feedUrl }) => [id, feedUrl])).toEqual([
      ['a', 'https://a.example/feed'],
      ['b', null],
    ]);
  });
});

describe('the manifest', () => {
  it('is sorted by path in code-unit order, and can be read back', () => {
    const files = ['b', 'a/é', 'a/z', 'B'].map((path, n) => ({ path, size: n === 0 ? null : n }));
    const { bytes } = manifestFile('https://news.example.org/', files, null);
    expect(bytes).toBe(
      '{"site":"https://news.example.org/",\n"files":[\n{"path":"B","size":3},\n{"path":"a/z","size":2},\n{"path":"a/é","size":1},\n{"path":"b"}\n]}\n',
    );
    expect(readManifest(String(bytes))).toEqual({
      site: 'https://news.example.org/',
      paths: ['B', 'a/z', 'a/é', 'b'],
      sizes: new Map([
        ['B', 3],
        ['a/z', 2],
        ['a/é', 1],
      ]),
      pages: null,
    });
  });

  it('contains the values that pages keep', () => {
    const pages = { zone: { name: 'Europe/Kyiv', offsets: [[0, 120] as const], until: 9 }, menu: ['sea'] };
    const { bytes } = manifestFile('https://news.example.org/', [], pages);
    expect(readManifest(String(bytes))).toMatchObject({ pages });
    const spoilt = (text: string) => readManifest(String(bytes).replace('"until":9', text));
    expect(spoilt('"until":"9"')).toMatchObject({ pages: null });
  });

  it.each(['', 'null', '[]', '{"site":1,"files":[]}', '{"site":"x"}', '{'])(
    'that is none of ours is null: %s',
    (text) => expect(readManifest(text)).toBe(null),
  );

  it.each(['../x', '/x', 'a/../x', 'a//x', './x', 'C:x', 'a\\x', '.', '', 'a\nb', '.newsloom-0123456789ab.tmp'])(
    'never names %j',
    (path) =>
      expect(readManifest(JSON.stringify({ site: 's', files: [{ path }, { path: 'ok' }] }))!.paths).toEqual(['ok']),
  );
});
