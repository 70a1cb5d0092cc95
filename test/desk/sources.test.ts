/** The page of sources: what it proposes and shows, and that it writes what the commands write. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDesk, closeDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { runBothWays } from '../support/same-files.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
let config: string;

beforeAll(async () => {
  const items = ['One <b>', 'Two', 'Three', 'Four', 'Five', 'Six'].map((title, i) => ({ title, date: `2026-11-20T0${i}:00:00Z` })); // biome-ignore format: one list
  server = await serveFeeds({
    '/known': rss('Known', items),
    '/new': rss('New Paper', items),
    '/moved': rss('Moved', items),
  });
  server.pages.set('/page', {
    type: 'text/html',
    body: `<title>Harbour</title>${[1, 2, 3, 4, 5, 6].map((n) => `<article><h2><a href="/2026/11/0${n}/ferry-${n}">Ferry number ${n} sails to the island</a></h2><time datetime="2026-11-0${n}">0${n}</time></article>`).join('')}`,
  });
  site = aSite({
    sources: [
      `{ id: known, url: "${server.url}/known" } # ours`,
      `{ id: moved, title: Moved, url: "${server.url}/old" }`,
    ],
    topics: ['{ id: sea, any: [ferry] }'],
  });
  config = join(site.root, 'config', 'newsloom.yaml');
  server.pages.set('/old', { body: '', status: 301, headers: { Location: '/moved' } });
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(() => closeDesk(desk, server, site));

const sources = async (command: string, ...more: string[]) => {
  const { status, err } = await newsloom('sources', command, ...more, '--config', config);
  expect([status, err]).toEqual([0, '']);
};
const press = async (fields: Record<string, string>) => {
  expect((await visitor.submit('/sources', '/sources', fields)).status).toBe(303);
};
const propose = async (address: string) => {
  const page = await (await visitor.submit('/sources', '/sources/propose', { address })).text();
  const [, found = ''] = /name="found" value="([^"]*)"/.exec(page) ?? [];
  return { page, found: found.replaceAll('&quot;', '"').replaceAll('&amp;', '&') };
};

describe('the sources of the desk', () => {
  it('proposes the feed of an address with its five newest headlines, and writes nothing', async () => {
    const before = readFileSync(config, 'utf8');
    const { page } = await propose(`${server.url}/new`);
    expect([...page.matchAll(/<li><span>([^<]*)<[/]span>/g)].map(([, title]) => title)).toEqual(['Six', 'Five', 'Four', 'Three', 'Two']); // biome-ignore format: one list
    expect(readFileSync(config, 'utf8')).toBe(before);
    const refused = await visitor.submit('/sources', '/sources/propose', { address: 'no address' });
    expect([refused.status, (await refused.text()).includes('is not a web address')]).toEqual([422, true]);
  });

  it('adds a feed and a list of articles as the command does', async () => {
    const { byCommands, byDesk, before } = await runBothWays(
      site.root,
      async () => {
        await sources('add', `${server.url}/new`, '--title', 'The New', '--content', 'full', '--topics', 'sea');
        await sources('add', `${server.url}/page`, '--yes');
      },
      async () => {
        const { found } = await propose(`${server.url}/new`);
        await press({ do: 'save', found, title: 'The New', content: 'full', topic: 'sea' });
        const list = await propose(`${server.url}/page`);
        expect(list.page).toContain('Ferry number 1 sails');
        await press({ do: 'save', found: list.found, title: '', content: '' });
      },
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk).not.toEqual(before);
    expect(byDesk['config/newsloom.yaml']).toContain('    kind: page\n');
  });

  it('takes only what a proposal has from the form', async () => {
    const found = JSON.stringify({ url: `${server.url}/new?2`, headers: { a: 'b' }, allowPrivateAddresses: true, proxy: server.url }); // biome-ignore format: one value
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is typed
    await press({ do: 'save', found, title: 'a: b\n# ${HOME}', content: '' });
    const text = readFileSync(config, 'utf8');
    expect(text).not.toMatch(/headers|proxy:/);
    expect(text).toContain('title: "a: b # $${HOME}"\n');
  });

  it('pauses and moves as the commands do', async () => {
    const { before, byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        await sources('pause', 'known', '--until', '2026-12-24');
        await sources('move', 'moved');
      },
      async () => {
        await press({ do: 'pause known', until: '2026-12-24' });
        expect(await (await visitor.get('/sources')).text()).toContain('Until 2026-12-24');
        await press({ do: 'move moved' });
      },
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk).not.toEqual(before);
  });

  it('refuses a pause that is over', async () => {
    const before = readFileSync(config, 'utf8');
    const refused = await visitor.submit('/sources', '/sources', { do: 'pause known', until: '2026-11-20' });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('2026-11-20 is in the past')]);
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('removes sources, with or without their articles', async () => {
    const { byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        await sources('resume', 'known');
        await sources('remove', 'known');
        await sources('remove', 'moved', '--with-articles');
      },
      async () => {
        await press({ do: 'resume known' });
        await press({ do: 'remove known' });
        await press({ do: 'remove moved', articles: 'on' });
      },
    );
    expect(byDesk).toEqual(byCommands);
  });

  it('says what to do first without sources', async () => {
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^sources:[\s\S]*(?=^topics:)/m, 'sources: []\n'));
    expect(await (await visitor.get('/sources')).text()).toContain('The section has no sources yet');
  });
});
