/** Removes a source from the config, with and without its articles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  const paper = (name: string, ...titles: string[]) =>
    rss(
      name,
      titles.map((title) => ({ title, category: 'World' })),
      `https://${name.toLowerCase()}.example/`,
    );
  origin = await serveFeeds({
    '/a': paper('Anchor', 'Ferry sails', 'Harbour opens', 'Pier closes'),
    '/b': paper('Beacon', 'Tram stops', 'Bridge falls'),
  });
  site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a" } # the old paper`, `{ id: b, url: "${origin.url}/b" } # stays`],
    topics: ['{ id: world, map: [{ category: World }] }'],
    more: ['publish: { items: 2 }'],
  });
  await site.run('2026-11-24T09:07:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const remove = (...args: string[]) =>
  newsloom('sources', 'remove', ...args, '--config', join(site.root, 'config', 'newsloom.yaml'));
const config = () => readFileSync(join(site.root, 'config', 'newsloom.yaml'), 'utf8');
const shows = (title: string) => [...site.files().values()].filter((text) => text.includes(title)).length;

describe('newsloom sources remove', () => {
  it('removes a source from the config; its articles stay, its own feed does not', async () => {
    expect((await remove('a')).out).toContain('removed a from');
    expect(config()).not.toContain('the old paper');
    expect(config()).toContain('# stays');
    const ids = site.json('all.json').items.map(({ id }) => id);
    await site.run('2026-11-24T10:07:00Z');
    expect(site.json('all.json').items.map(({ id }) => id)).toEqual(ids);
    expect([...site.files('sources').keys()].filter((path) => path.startsWith('sources/a.'))).toEqual([]);
  });

  it('keeps hidden articles hidden until the source returns with other settings', async () => {
    const b = `{ id: b, url: "${origin.url}/b" }`;
    const source = (settings: string) => [`{ id: a, url: "${origin.url}/a"${settings} }`, b];
    const all = (feeds = site) => feeds.json('all.json').items.map(({ title, summary }) => [title, summary ?? '']);
    for (const kept of [
      ', review: hold',
      ', rules: [{ drop: { title: [ferry, harbour, pier] } }]',
      ', content: none',
    ]) {
      const fresh = aSite({ sources: source(kept) });
      const run = (hour: string) => fresh.run(`2026-11-24T${hour}:07:00Z`);
      await run('09');
      const before = all(fresh);
      fresh.configure({ sources: [b] });
      await run('10');
      await run('11');
      const told = await newsloom('explain', 'ferry sails', '--config', join(fresh.root, 'config', 'newsloom.yaml'));
      expect(told.out).toContain('Ferry sails');
      expect(told.out, kept).not.toContain('next build');
      expect(all(fresh), kept).toEqual(before);
      fresh.configure({ sources: source(kept) });
      await run('12');
      expect(all(fresh), kept).toEqual(before);
      fresh.configure({ sources: [b] });
      await run('13');
      fresh.configure({ sources: source('') });
      await run('14');
      expect(
        all(fresh).filter(([, summary]) => summary !== ''),
        kept,
      ).toHaveLength(5);
      fresh.remove();
    }
  });

  it('keeps headlines as its rules changed them, until it returns without these rules', async () => {
    const b = `{ id: b, url: "${origin.url}/b" }`;
    const a = `{ id: a, url: "${origin.url}/a"`;
    const fresh = aSite({ sources: [`${a}, rules: [{ retitle: { cut: ["/^Ferry /"] } }] }`, b] });
    const explained = async () =>
      (await newsloom('explain', 'ferry sails', '--config', join(fresh.root, 'config', 'newsloom.yaml'))).out;
    await fresh.run('2026-11-24T09:07:00Z');
    const before = fresh.json('all.json').items;
    expect(before.map(({ title }) => title)).toContain('sails');
    for (const [hour, more] of [
      ['10', []],
      ['11', []],
      ['12', ['rules: [{ retitle: { cut: ["/ closes$/"] } }]']],
    ] as const) {
      fresh.configure({ sources: [b], more });
      await fresh.run(`2026-11-24T${hour}:07:00Z`);
      expect(fresh.json('all.json').items.map(({ title }) => title)).toContain('sails');
      expect(await explained()).toMatch(/headline: sails \(no longer in the config\)/);
      expect(await explained()).not.toContain('next build');
    }
    expect(fresh.json('all.json').items.map(({ title }) => title)).toContain('Pier');
    fresh.configure({ sources: [`${a} }`, b] });
    await fresh.run('2026-11-24T13:07:00Z');
    expect(fresh.json('all.json').items.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Ferry sails', 'Pier closes']),
    );
    fresh.remove();
  });

  it('takes down its articles in the next run, in feeds, pages and archives', async () => {
    const before = site.json('all.json').items.filter(({ title }) => title === 'Tram stops');
    expect((await remove('a', '--with-articles')).out).toContain('the next build unpublishes its articles');
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report.articles).toMatchObject({ added: 0, withdrawn: 3 });
    for (const title of ['Ferry sails', 'Harbour opens', 'Pier closes']) expect(shows(title)).toBe(0);
    expect(site.read('all.atom')).toContain('at:deleted-entry');
    expect(site.json('all.json').items.filter(({ title }) => title === 'Tram stops')).toEqual(before);
    expect(site.files('articles').size).toBe(2);
    const files = site.files();
    await site.run('2026-11-24T11:07:00Z');
    expect(site.files()).toEqual(files);
  });

  it('restores them with the same ids when the source returns', async () => {
    const ids = () => site.json('sources/a.json').items.map(({ id, date_published }) => [id, date_published]);
    const before = ids();
    const text = config();
    await remove('a', '--with-articles');
    await site.run('2026-11-24T10:07:00Z');
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
      topics: ['{ id: world, map: [{ category: World }] }'],
      more: ['publish: { items: 2 }'],
    });
    await site.run('2026-11-24T11:07:00Z');
    expect(text).toContain('id: a');
    expect(ids()).toEqual(before);
  });

  it('changes nothing for an unknown source, or if the config would become invalid', async () => {
    const missing = await remove('x');
    expect([missing.status, missing.err]).toEqual([2, expect.stringContaining('unknown source "x"; known: a, b')]);
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
      more: ['stories: { prefer: [a] }'],
    });
    const before = config();
    const named = await remove('a', '--with-articles');
    expect([named.status, named.err]).toEqual([78, expect.stringContaining('stories.prefer[0]: unknown source "a"')]);
    expect(config()).toBe(before);
    const { report } = await site.run('2026-11-24T10:07:00Z');
    expect(report.articles.withdrawn).toBe(0);
  });
});
