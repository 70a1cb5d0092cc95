import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { isBuilt } from '../../src/config/without-effect.js';
import { siteFolder } from '../support/site-folder.js';

function load(yaml: string) {
  const folder = siteFolder({ 'n.yaml': `site: { title: T, url: "https://n.example/" }\nsources: []\n${yaml}` });
  return loadSite(join(folder, 'n.yaml'), {});
}

describe('keys without effect', () => {
  it('are named only where they are in the config', async () => {
    expect((await load('')).withoutEffect).toEqual([]);
    const { withoutEffect } = await load('publish: { link: section, formats: [rss], items: 20 }\nretention: 30d\n');
    expect(withoutEffect).toEqual(['publish.link']);
  });

  it('include a planned store, instead of which sqlite is used', async () => {
    expect(isBuilt('postgres')).toBe(false);
    const { store, withoutEffect } = await load('store: { kind: postgres, url: "postgres://db" }\n');
    expect(withoutEffect).toEqual(['store.kind', 'store.url']);
    expect(store).toMatchObject({ kind: 'sqlite', path: expect.stringMatching(/newsloom\.db$/) });
  });
});
