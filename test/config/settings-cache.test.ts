import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { cacheSettings, readCachedSettings } from '../../src/config/settings-cache.js';
import { siteFolder } from '../support/site-folder.js';

const SITE = 'site: { title: The Section, url: https://news.example.org }\n';
const FILES = {
  'config/newsloom.yaml': `${SITE}sources: sources.yaml\ntopics: topics.yaml\npublish: { templates: pages }\n`,
  'config/sources.yaml':
    '- { url: "https://a.example/", every: 90m, headers: { X-Key: k, __proto__: p }, topics: [north-korea] }\n',
  'config/topics.yaml':
    '- place: KP\n- { id: war, label: { uk: Війна, en: War }, near: [[a war, Kyiv]], map: [{ category: War }] }\n',
  'pages/style.css': '',
};

/** A site whose settings were read and cached. */
async function keptSite(files: Readonly<Record<string, string>> = FILES, env: Record<string, string> = {}) {
  const folder = siteFolder({ ...files, '.newsloom/newsloom.db': '' });
  const config = join(folder, 'config/newsloom.yaml');
  const settings = await loadSite(config, env, 'fresh');
  await cacheSettings(settings, '1.0.0');
  return { folder, config, settings, place: join(folder, '.newsloom/newsloom.yaml.json') };
}

describe('cached settings', () => {
  it('equal the settings read from the files', async () => {
    const { config, settings } = await keptSite();
    const kept = await readCachedSettings(config, '1.0.0');
    expect(kept).toStrictEqual(settings);
    expect(JSON.stringify(kept)).toBe(JSON.stringify(settings));
  });

  it('are read again after a pack of the site gained a file', async () => {
    const pack = {
      'config/newsloom.yaml': `${SITE}extends: house\nsources: []\n`,
      'config/house/sources.yaml': '[]\n',
    };
    const { config, folder } = await keptSite(pack);
    writeFileSync(join(folder, 'config/house/topics.yaml'), '- { id: sea, any: [ferry] }\n');
    expect(await readCachedSettings(config, '1.0.0')).toBeNull();
  });

  it('include the desk, and are read again after it was created', async () => {
    const desk = { 'config/desk.yaml': '- { article: x, topics: [-war] }\n- { article: y, hide: true }\n' };
    const { config, settings } = await keptSite({ ...FILES, ...desk });
    expect((await readCachedSettings(config, '1.0.0'))?.desk.entries).toEqual(settings.desk.entries);
    expect(settings.desk.entries.map(({ article, line }) => [article, line])).toEqual([
      ['x', 1],
      ['y', 2],
    ]);
    const without = await keptSite();
    expect(await readCachedSettings(without.config, '1.0.0')).not.toBeNull();
    writeFileSync(join(without.folder, 'config/desk.yaml'), '[]\n');
    expect(await readCachedSettings(without.config, '1.0.0')).toBeNull();
  });

  it('equal those of the starting set, too', async () => {
    const read = (name: string) =>
      readFileSync(fileURLToPath(new URL(`../../config/${name}`, import.meta.url)), 'utf8');
    const names = ['newsloom.yaml', 'sources.yaml', 'topics.yaml'];
    const { config, settings } = await keptSite(
      Object.fromEntries(names.map((name) => [`config/${name}`, read(name)])),
    );
    expect(await readCachedSettings(config, '1.0.0')).toStrictEqual(settings);
  });

  it('are readable by their owner only, and leave no temporary files', async () => {
    const { folder, place } = await keptSite();
    expect(statSync(place).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, '.newsloom')).sort()).toEqual(['newsloom.db', 'newsloom.yaml.json']);
  });

  it.each(Object.keys(FILES).filter((name) => name.endsWith('.yaml')))(
    'are discarded when %s changes',
    async (name) => {
      const { folder, config } = await keptSite();
      appendFileSync(join(folder, name), '# a comment\n');
      expect(await readCachedSettings(config, '1.0.0')).toBeNull();
    },
  );

  it('are ignored when a file or a folder of the config is missing', async () => {
    const { folder, config } = await keptSite();
    rmSync(join(folder, 'config/topics.yaml'));
    expect(await readCachedSettings(config, '1.0.0')).toBeNull();
    const other = await keptSite();
    rmSync(join(other.folder, 'pages'), { recursive: true });
    expect(await readCachedSettings(other.config, '1.0.0')).toBeNull();
    await expect(loadSite(other.config, {})).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('are ignored when another version wrote them', async () => {
    const { config } = await keptSite();
    expect(await readCachedSettings(config, '1.0.1')).toBeNull();
  });

  it('are ignored when they are damaged', async () => {
    const { config, place } = await keptSite();
    const whole = readFileSync(place, 'utf8');
    for (const text of [whole.replace('The Section', 'The Sektion'), whole.slice(0, -1), '', '{}']) {
      writeFileSync(place, text);
      expect(await readCachedSettings(config, '1.0.0')).toBeNull();
    }
  });

  it.skipIf(process.getuid === undefined).each([
    ['others may write them', 0o620],
    ['somebody else put them there, as a checkout does', 0o644],
  ])('are ignored if %s', async (_, mode) => {
    const { config, place } = await keptSite();
    chmodSync(place, mode);
    expect(await readCachedSettings(config, '1.0.0')).toBeNull();
  });

  it('replace a link instead of following it', async () => {
    const { folder, config, place } = await keptSite();
    rmSync(place);
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync('../mine', `${place}.new`);
    await cacheSettings(await loadSite(config, {}, 'fresh'), '1.0.0');
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
    expect(await readCachedSettings(config, '1.0.0')).not.toBeNull();
  });

  it('are ignored when the site was moved', async () => {
    const one = await keptSite();
    const other = siteFolder(FILES);
    mkdirSync(join(other, '.newsloom'));
    writeFileSync(join(other, '.newsloom/newsloom.yaml.json'), readFileSync(one.place), { mode: 0o600 });
    expect(await readCachedSettings(join(other, 'config/newsloom.yaml'), '1.0.0')).toBeNull();
  });
});

it('include settings of a store in a database', async () => {
  const root = siteFolder({
    'newsloom.yaml': `${SITE}sources: []\nstore: { kind: postgres, url: "postgres://db.example/news" }\n`,
  });
  const config = join(root, 'newsloom.yaml');
  const settings = await loadSite(config, {}, 'fresh');
  await cacheSettings(settings, '1.0.0');
  expect(await readCachedSettings(config, '1.0.0')).toStrictEqual(settings);
});

describe('settings are not cached', () => {
  it.each([`\${KEY}`, '\\x24{KEY}', `for \${KEY} only`])('with values from the environment: "%s"', async (written) => {
    const yaml = `${SITE}sources: [{ url: "https://a.example/", headers: { X-Key: "${written}" } }]\n`;
    const { place, settings } = await keptSite({ 'config/newsloom.yaml': yaml }, { KEY: 's3cret' });
    expect(settings.sources[0]?.headers['X-Key']).toContain('s3cret');
    expect(existsSync(place)).toBe(false);
  });

  it('when they were modified after reading', async () => {
    const { config, place, settings } = await keptSite();
    rmSync(place);
    await cacheSettings({ ...settings, credits: ['seen in {publication}'] }, '1.0.0');
    expect(existsSync(place)).toBe(false);
    await cacheSettings(await loadSite(config, {}, 'fresh'), '1.0.0');
    expect(existsSync(place)).toBe(true);
  });

  it('when the store is elsewhere', async () => {
    const yaml = `${SITE}sources: []\nstore: { path: data/newsloom.db }\n`;
    const { place } = await keptSite({ 'config/newsloom.yaml': yaml });
    expect(existsSync(place)).toBe(false);
  });

  it('when the cache is not writable, which is not an error', async () => {
    const folder = siteFolder({ 'newsloom.yaml': `${SITE}sources: []\n`, '.newsloom': 'a file' });
    await cacheSettings(await loadSite(join(folder, 'newsloom.yaml'), {}), '1.0.0');
    expect(readFileSync(join(folder, '.newsloom'), 'utf8')).toBe('a file');
  });
});
