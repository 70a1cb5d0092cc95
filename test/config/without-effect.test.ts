import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { siteFolder } from '../support/site-folder.js';

function load(yaml: string) {
  const folder = siteFolder({ 'n.yaml': `site: { title: T, url: "https://n.example/" }\nsources: []\n${yaml}` });
  return loadSite(join(folder, 'n.yaml'), {});
}

describe('keys without effect', () => {
  it('are reported only if they are in the config', async () => {
    expect((await load('')).withoutEffect).toEqual([]);
    const { withoutEffect } = await load('publish: { link: section, formats: [rss], items: 20 }\nretention: 30d\n');
    expect(withoutEffect).toEqual(['publish.link']);
  });

  it('include those of a store kind that is not in use', async () => {
    const { store, withoutEffect } = await load('store: { kind: postgres, url: "postgres://db/news", path: a.db }\n');
    expect(withoutEffect).toEqual(['store.path']);
    expect(store).toMatchObject({ kind: 'postgres', path: null, url: 'postgres://db/news', schema: 'newsloom' });
    const other = await load('store: { url: "postgres://db/news", schema: a }\n');
    expect(other.withoutEffect).toEqual(['store.url', 'store.schema']);
  });

  it('report a missing or invalid database address without quoting it', async () => {
    await expect(load('store: { kind: postgres }\n')).rejects.toThrow(
      /n.yaml:3:16 store.kind: postgres needs store.url/,
    );
    await expect(load('store: { kind: postgres, url: "host=secret" }\n')).rejects.toThrow(/store.url: not a postgres:/);
  });
});
