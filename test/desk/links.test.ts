/** The pages of links and digests. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { runBothWays } from '../support/same-files.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
const LINKS = '{ id: links, kind: links, path: config/links.yaml }';

beforeAll(async () => {
  server = await serveFeeds({
    '/a': rss('A', [{ title: 'Ferry <b>sails', date: '2026-11-20T08:00:00Z' }]),
    '/ferry': { type: 'text/html', body: '<title>A ferry: back</title><meta name="description" content="It sails.">' },
    '/untitled': { type: 'text/html', body: '<p>Nothing.' },
  });
  site = aSite({ sources: [`{ id: a, url: "${server.url}/a" }`, LINKS], topics: ['{ id: sea, any: [boat] }'], more: ['digests: [{ id: daily, title: Daily, every: daily 06:00 }]'] }); // biome-ignore format: one call
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(async () => {
  await desk.stop();
  await server.close();
  site.remove();
});

describe('the links of the desk', () => {
  it('adds a link as the command does', async () => {
    const { byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        const config = join(site.root, 'config', 'newsloom.yaml');
        expect((await newsloom('add', `${server.url}/ferry`, '--topics', 'sea', '--config', config)).status).toBe(0);
      },
      async () => {
        const added = await visitor.submit('/links', '/links', {
          url: `${server.url}/ferry`,
          to: 'links',
          topic: 'sea',
        });
        expect(added.status).toBe(303);
      },
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk['config/links.yaml']).toContain('title: "A ferry: back"');
  });

  it('refuses a page without a title, and one that is in the list', async () => {
    const submit = async (path: string) => {
      const refused = await visitor.submit('/links', '/links', { url: server.url + path, to: 'links' });
      return [refused.status, await refused.text()];
    };
    expect(await submit('/untitled')).toEqual([422, expect.stringContaining('the page has no title')]);
    expect(await submit('/ferry')).toEqual([422, expect.stringContaining('already contains')]);
  });

  it('fills in an address from a bookmark, as text', async () => {
    const page = await (await visitor.get('/links?url=%22%3E%3Cscript%3E')).text();
    expect(page).toMatch(/name="url" required value="&quot;(?:>|&gt;)(?:<|&lt;)script/);
  });
});

describe('the digests of the desk', () => {
  it('shows the mail of the next issue as the command does', async () => {
    const config = join(site.root, 'config', 'newsloom.yaml');
    const mail = await visitor.get('/digests/mail?id=daily');
    const { out } = await newsloom('digest', 'preview', 'daily', '--html', '--now', '2026-11-20T12:00:00Z', '--config', config); // biome-ignore format: one call
    expect((await mail.text()).trimEnd()).toBe(out.trimEnd());
    expect(mail.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await (await visitor.get('/digests')).text()).toContain('one article');
    expect((await visitor.get('/digests?id=none')).status).toBe(200);
  });
});
