import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { ConfigError } from '../../src/model/errors.js';
import { siteFolder } from '../support/site-folder.js';

const SITE = 'site: { title: T, url: "https://n.example/" }\nsources: []\n';

async function mistakes(lines: string, { file = 'config/newsloom.yaml', links = {} as Record<string, string> } = {}) {
  const root = siteFolder({ [file]: `${SITE}${lines}\n` });
  mkdirSync(join(root, 'theme'));
  for (const [path, to] of Object.entries(links)) symlinkSync(to, join(root, path));
  const found = await loadSite(join(root, file), {}, 'fresh').catch((error: unknown) => error);
  if (!(found instanceof ConfigError)) return found instanceof Error ? found : [];
  return found.problems.map(({ line, path, message }) => `${line} ${path}: ${message.split(':')[0]}`);
}

const publish = (dir: string) => `publish: { dir: "${dir}" }`;

describe('the published folder must not overlap with private folders', () => {
  it.each([
    ['.', "3 publish.dir: contains the site's root"],
    ['config/..', "3 publish.dir: contains the site's root"],
    ['..', "3 publish.dir: contains the site's root"],
    ['/', "3 publish.dir: contains the site's root"],
    ['config', '3 publish.dir: overlaps with the folder of the config, which may contain secrets'],
    ['config/feeds', '3 publish.dir: overlaps with the folder of the config, which may contain secrets'],
    ['.newsloom', '3 publish.dir: overlaps with the folder of the store, which is private'],
    ['.newsloom/', '3 publish.dir: overlaps with the folder of the store, which is private'],
    ['.newsloom/feeds', '3 publish.dir: overlaps with the folder of the store, which is private'],
  ])('%s is rejected', async (dir, said) => {
    expect(await mistakes(publish(dir))).toEqual([said]);
  });

  it.each([
    ['store: { path: feeds/news.db }', '1 publish.dir: overlaps with the folder of the store, which is private'],
    ['store: { path: feeds/own/news.db }', '1 publish.dir: overlaps with the folder of the store, which is private'],
    [
      'publish: { dir: /srv/news/www }\nstore: { path: /srv/news/a.db }',
      '3 publish.dir: overlaps with the folder of the store, which is private',
    ],
    [
      'publish: { dir: theme, templates: theme }',
      '3 publish.dir: overlaps with publish.templates, which would be overwritten',
    ],
    [
      'publish: { dir: out }\ntopics: ../out/topics.yaml',
      '3 publish.dir: overlaps with the folder of the config, which may contain secrets',
    ],
  ])('%s is rejected', async (lines, said) => {
    expect(await mistakes(lines)).toContainEqual(said);
  });

  it.each([
    ['feeds', '.', "3 publish.dir: contains the site's root"],
    ['feeds', 'config', '3 publish.dir: overlaps with the folder of the config, which may contain secrets'],
    ['feeds', '.newsloom', '3 publish.dir: overlaps with the folder of the store, which is private'],
    ['feeds', '/', "3 publish.dir: contains the site's root"],
    ['.newsloom', 'feeds', '3 publish.dir: overlaps with the folder of the store, which is private'],
  ])('%s → %s, through a link, is rejected', async (path, to, said) => {
    expect(await mistakes(publish('feeds'), { links: { [path]: to } })).toEqual([said]);
  });

  it('a link that replaces the folder is detected, even with an unchanged config', async () => {
    const root = siteFolder({ 'config/newsloom.yaml': SITE });
    const { readCachedSettings, cacheSettings } = await import('../../src/config/settings-cache.js');
    const path = join(root, 'config/newsloom.yaml');
    mkdirSync(join(root, '.newsloom'));
    await cacheSettings(await loadSite(path, {}, 'fresh'), '1');
    expect(await readCachedSettings(path, '1')).not.toBeNull();
    symlinkSync('config', join(root, 'feeds'));
    expect(await readCachedSettings(path, '1')).toBeNull();
  });

  it.each([
    ['feeds', 'config/newsloom.yaml', ''],
    ['feeds', 'newsloom.yaml', ''],
    ['public/feeds', 'newsloom.yaml', 'store: { path: news.db }'],
    ['feeds', 'config/newsloom.yaml', 'store: { path: news.db }'],
    ['../www', 'config/newsloom.yaml', ''],
    ['..feeds', 'config/newsloom.yaml', ''],
    ['configs', 'config/newsloom.yaml', ''],
  ])('%s next to %s is accepted %s', async (dir, file, more) => {
    expect(await mistakes(`${publish(dir)}\n${more}`, { file })).toEqual([]);
  });
});

it.each([
  'publish: { dir: "a\\0b" }',
  'publish: { templates: "a\\0b" }',
  'store: { path: "a\\0b" }',
  'topics: "a\\0b.yaml"',
  'publish: { dir: "a\\eb" }',
])('a path with a control character is rejected: %s', async (line) => {
  expect(await mistakes(line)).toEqual([expect.stringMatching(/^[13] [\w.]+: /)]);
});

it.each(['file:///a%00b', 'file:a\\0b'])('an address of a file with a NUL is rejected: %s', async (url) => {
  const root = siteFolder({ 'newsloom.yaml': SITE.replace('[]', `[{ url: "${url}" }]`) });
  await expect(loadSite(join(root, 'newsloom.yaml'), {}, 'fresh')).rejects.toThrow('sources[0].url: not an absolute');
});
