import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { siteFolder } from '../support/site-folder.js';

const MINIMAL = 'site: { title: The Section, url: https://news.example.org }\nsources: []\n';

function load(files: Record<string, string>, env: Record<string, string> = {}, name = 'config/newsloom.yaml') {
  const folder = siteFolder(files);
  return loadSite(join(folder, name), env).then((settings) => ({ folder, settings }));
}

describe('the settings', () => {
  it('fills in every default', async () => {
    const { folder, settings } = await load({ 'config/newsloom.yaml': MINIMAL });
    expect(settings).toMatchObject({
      root: folder,
      site: {
        title: 'The Section',
        url: 'https://news.example.org/',
        feedsUrl: 'https://news.example.org/feeds/',
        description: 'The Section',
        language: 'en',
        contact: null,
        comments: null,
      },
      publish: {
        dir: join(folder, 'feeds'),
        items: 50,
        perSource: true,
        stories: true,
        archive: true,
        link: 'source',
        hub: null,
        failures: false,
        templates: null,
      },
      store: { kind: 'sqlite', path: join(folder, '.newsloom/newsloom.db'), url: null },
      fetch: {
        timeoutMs: 20_000,
        maxBytes: 10_000_000,
        concurrency: 128,
        perHost: 2,
        spacingMs: 1000,
        allowPrivateAddresses: false,
      },
      duplicates: 'fold',
      stories: { prefer: [] },
      credits: [],
      retentionDays: 400,
      schedule: { cron: '*/5 * * * *' },
      worker: { port: 8080 },
      withoutEffect: [],
    });
  });

  it('completes each source, with an id from its address if it has none', async () => {
    const yaml = `site: { title: T, url: "https://news.example.org/" }
fetch: { allowPrivateAddresses: true }
sources:
  - url: https://www.paper.example/world/rss.xml
    every: 90s
    headers: { Authorization: "Bearer \${KEY}" }
  - { id: near, url: file:in/feed.xml, content: full, allowPrivateAddresses: false }
`;
    const { folder, settings } = await load({ 'config/newsloom.yaml': yaml }, { KEY: 'abc' });
    expect(settings.sources).toEqual([
      {
        id: 'paper-example-world',
        url: 'https://www.paper.example/world/rss.xml',
        title: null,
        topics: [],
        content: 'summary',
        every: 1.5,
        headers: { Authorization: 'Bearer abc' },
        proxy: null,
        allowPrivateAddresses: true,
        withdrawn: 'remove',
        review: 'publish',
        perDay: 300,
        maxAgeDays: 400,
        mayBeginOld: true,
      },
      expect.objectContaining({
        id: 'near',
        url: pathToFileURL(join(folder, 'in/feed.xml')).href,
        content: 'full',
        allowPrivateAddresses: false,
      }),
    ]);
  });

  it('uses the content permission of the site for sources without their own', async () => {
    const { settings } = await load({
      'config/newsloom.yaml':
        'site: { title: T, url: "https://n.example/" }\ncontent: full\nsources:\n  - { id: a, url: "https://a.example/", fetch: article }\n  - { id: b, url: "https://b.example/", content: none }\n',
    });
    expect(settings.sources.map(({ content }) => content)).toEqual(['full', 'none']);
  });

  it('resolves paths from the folder of the config file unless that is called config', async () => {
    const { folder, settings } = await load({ 'site.yaml': MINIMAL }, {}, 'site.yaml');
    expect(settings.root).toBe(folder);
    expect(settings.publish.dir).toBe(join(folder, 'feeds'));
  });

  it('reads sources and topics from files next to the config file', async () => {
    const { settings } = await load({
      'config/newsloom.yaml':
        'site: { title: T, url: "https://n.example/" }\nsources: sources.yaml\ntopics: topics.yaml\n',
      'config/sources.yaml': '- { id: a, url: "https://a.example/", topics: [north-korea] }\n',
      'config/topics.yaml':
        '- place: KP\n- place: latin-america\n- iptc: medtop:13000000\n- { id: war, label: { en: War, uk: Війна }, any: [war] }\n',
    });
    expect(settings.sources.map((one) => one.id)).toEqual(['a']);
    expect(settings.topics).toMatchObject([
      { id: 'north-korea', label: { en: 'North Korea', uk: expect.any(String) }, place: 'KP' },
      { id: 'latin-america', label: { en: 'Latin America' }, place: 'latin-america' },
      { id: 'science-and-technology', label: { en: 'Science and technology' }, iptc: 'medtop:13000000' },
      { id: 'war', label: { en: 'War', uk: 'Війна' }, any: ['war'], all: [], near: [], none: [], map: [] },
    ]);
  });

  it('names topics, channels and digests by their ids by default', async () => {
    const { settings } = await load({
      'config/newsloom.yaml': `site: { title: T, url: "https://n.example/" }
sources: [{ id: a, url: "https://a.example/" }]
topics: [{ id: tarn-islands, any: [Tarn] }, { id: eu, label: EU, any: [Brussels] }]
channels: [{ id: long-reads, where: { topics: [eu] } }]
digests: [{ id: weekly, of: all, every: "monday 06:00" }]
`,
    });
    expect(settings.topics.map(({ label }) => label)).toEqual(['Tarn islands', 'EU']);
    expect(settings.channels?.[0]?.title).toBe('Long reads');
    expect(settings.digests?.[0]?.title).toBe('Weekly');
  });

  it('derives no id from the environment, and redacts its values in every form', async () => {
    const env = { KEY: 'ann/é', HOST: 'Own.example', ALL: 'https://p.example/world/rss?key=hidden' };
    const urls = [
      `https://paper.example/\${KEY}/news`,
      `https://\${HOST}/world`,
      `\${ALL}`,
      'https://other.example/rss',
    ];
    const yaml = `site: { title: "\${HOST}", url: "https://n.example/" }\nsources:\n${urls.map((url) => `  - url: "${url}"\n`).join('')}`;
    const { settings } = await load({ 'config/newsloom.yaml': yaml }, env);
    expect(settings.sources.map(({ id }) => id)).toEqual(['paper-example-news', 'world', 'source', 'other-example']);
    expect(settings.sources.map(({ secrets }) => secrets !== undefined)).toEqual([true, true, true, false]);
    expect(settings.sources[0]?.secrets).toContain('ann/%C3%A9');
    expect(settings.sources[1]?.secrets).toContain('own.example');
    expect(settings.sources[2]?.secrets).toContain('p.example/world/rss');
    expect(settings.secrets).toEqual(expect.arrayContaining(['ann/é', 'Own.example']));
  });

  it('reads numbers and booleans from the environment if the schema expects them', async () => {
    const yaml = `${MINIMAL}worker:\n  port: \${PORT}\nfetch: { allowPrivateAddresses: "\${LOCAL}", concurrency: "\${MANY}" }\n`;
    const env = { PORT: '9090', LOCAL: 'true', MANY: '64' };
    const { settings } = await load({ 'config/newsloom.yaml': yaml }, env);
    expect(settings.fetch.concurrency).toBe(64);
    expect(settings.worker.port).toBe(9090);
    expect(settings.fetch.allowPrivateAddresses).toBe(true);
  });

  it('treats a key without a value as missing', async () => {
    const yaml = `${MINIMAL}publish:\n  # items: 20\ntopics:\n`;
    const { settings } = await load({ 'config/newsloom.yaml': yaml });
    expect(settings.publish.items).toBe(50);
    expect(settings.topics).toEqual([]);
  });
});
