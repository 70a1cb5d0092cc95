/** The pages of links, posts and digests. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { aDesk, closeDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
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
  site = aSite({ sources: [`{ id: a, url: "${server.url}/a" }`, LINKS, '{ id: posts, kind: posts, path: content }'], topics: ['{ id: sea, any: [boat] }'], more: ['digests: [{ id: daily, title: Daily, every: daily 06:00, introduction: { folder: letters } }]'] }); // biome-ignore format: one call
  mkdirSync(join(site.root, 'content'));
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(() => closeDesk(desk, server, site));

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

  it('writes the introduction of the next issue, and takes it back', async () => {
    const letter = join(site.root, 'letters', '2026-11-21.md');
    const introduction = '# Dear readers\r\n\r\nThe **pier** <script>alert(1)</script>opens.';
    const written = `${introduction.replaceAll('\r', '')}\n`;
    expect((await visitor.fill('/digests', '/digests', { introduction })).status).toBe(303);
    expect(readFileSync(letter, 'utf8')).toBe(written);
    expect(await (await visitor.get('/digests/mail')).text()).toContain('The <strong>pier</strong> opens.');
    const page = await (await visitor.get('/digests')).text();
    expect(page).toContain('>\n# Dear readers\n\nThe **pier** &lt;script');
    writeFileSync(letter, 'By hand');
    const version = /name="version" value="([^"]*)"/.exec(page)![1]!;
    const fields = { id: 'daily', day: '2026-11-21', introduction: 'Mine' };
    const refused = await visitor.submit('/digests', '/digests', { ...fields, version });
    expect([refused.status, readFileSync(letter, 'utf8')]).toEqual([409, 'By hand']);
    expect(await refused.text()).toContain('By hand');
    writeFileSync(letter, written);
    const [, change = ''] = /name="change" value="(\d+)"/.exec(await (await visitor.get('/changes')).text())!;
    expect((await visitor.submit('/changes', '/undo', { change })).status).toBe(303);
    expect(existsSync(letter)).toBe(false);
    for (const day of ['../../2026-11-21', '2026-11-21/../x', ''])
      expect((await visitor.submit('/digests', '/digests', { ...fields, day })).status).toBe(422);
  });
});

describe('introductions outside of the section', () => {
  it('are not written, and stop no other change', async () => {
    const outside = join(site.root, '..', `letters-of-${basename(site.root)}`);
    mkdirSync(outside);
    writeFileSync(join(outside, '2026-11-21.md'), 'By hand\n');
    rmSync(join(site.root, 'letters'), { recursive: true, force: true });
    symlinkSync(outside, join(site.root, 'letters'));
    onTestFinished(() => {
      rmSync(join(site.root, 'letters'), { recursive: true });
      rmSync(outside, { recursive: true });
      rmSync(join(site.root, 'content', 'a-walk.md'));
    });
    const refused = await visitor.fill('/digests', '/digests', { introduction: 'Mine' });
    expect([refused.status, readFileSync(join(outside, '2026-11-21.md'), 'utf8')]).toEqual([422, 'By hand\n']);
    expect((await visitor.submit('/links', '/posts', { title: 'A walk', body: 'Two hours.' })).status).toBe(303);
    rmSync(join(site.root, 'letters'));
    mkdirSync(join(site.root, 'letters'));
    symlinkSync(join(outside, '2026-11-21.md'), join(site.root, 'letters', '2026-11-21.md'));
    const linked = await visitor.fill('/digests', '/digests', { introduction: 'Mine' });
    expect([linked.status, readFileSync(join(outside, '2026-11-21.md'), 'utf8')]).toEqual([422, 'By hand\n']);
  });
});

describe('the posts of the desk', () => {
  const fields = {
    title: 'Über: "a walk"\n---',
    author: 'Ada Quay',
    topic: 'sea',
    body: 'We begin at the **old pier**.\r\n\r\n---\r\n<script>alert(1)</script><b hx-post="/x" onclick="x()">Bold</b>',
  };
  const path = 'content/uber-a-walk.md';
  const read = () => readFileSync(join(site.root, path), 'utf8');

  it('shows a post as it will be published, and writes nothing', async () => {
    const page = await (await visitor.submit('/links', '/posts/preview', fields)).text();
    const [, shown = ''] = /<div class="paper post"[^>]*>([\s\S]*?)<\/div>/.exec(page) ?? [];
    expect(shown).toBe('<p>We begin at the <strong>old pier</strong>.</p>\n<hr />\n<b>Bold</b>');
    expect(page).toContain('value="Über: &quot;a walk');
    expect(existsSync(join(site.root, path))).toBe(false);
  });

  it('writes a post that the next build publishes', async () => {
    expect((await visitor.submit('/links', '/posts', fields)).status).toBe(303);
    expect(read()).toMatch(
      /^---\ntitle: [\s\S]*\ndate: 2026-11-20T12:00Z\nauthor: Ada Quay\ntopics:\n {2}- sea\n---\n\nWe begin/,
    );
    await site.run('2026-11-20T12:10:00Z');
    const [, item] = site.json('all.json').items as { title: string; tags: string[] }[];
    expect([item?.title, item?.tags]).toEqual(['Über: "a walk" ---', ['Sea']]);
    const before = read();
    const again = await visitor.submit('/links', '/posts', { ...fields, body: 'Other' });
    expect([again.status, await again.text(), read()]).toEqual([
      422,
      expect.stringContaining('this post exists'),
      before,
    ]);
  });

  it('names mistakes, and writes nothing', async () => {
    const wrong = { title: '港の散歩', body: '![A pier](pier.jpg)' };
    const page = await (await visitor.submit('/links', '/posts/preview', wrong)).text();
    expect(page).toContain('post-2026-11-20-12-00.md:6: image &quot;pier.jpg&quot; not found next to the post');
    expect((await visitor.submit('/links', '/posts', wrong)).status).toBe(422);
    expect((await visitor.submit('/links', '/posts', { body: 'No headline' })).status).toBe(422);
    expect(readdirSync(join(site.root, 'content'))).toEqual(['uber-a-walk.md']);
  });

  it('writes neither outside of the folder nor through a link', async () => {
    const outside = `${site.root}-outside`;
    mkdirSync(outside);
    writeFileSync(join(outside, 'file.md'), 'Mine');
    symlinkSync(join(outside, 'file.md'), join(site.root, 'content', 'linked.md'));
    const post = async (title: string) => (await visitor.submit('/links', '/posts', { title, body: 'Text' })).status;
    expect([await post('Linked'), await post('../../etc/passwd')]).toEqual([422, 303]);
    expect(existsSync(join(site.root, 'content', 'etc-passwd.md'))).toBe(true);
    rmSync(join(site.root, 'content'), { recursive: true });
    symlinkSync(outside, join(site.root, 'content'));
    expect(await post('Other')).toBe(422);
    expect(readdirSync(outside)).toEqual(['file.md']);
    rmSync(join(site.root, 'content'));
    expect(await post('Other')).toBe(422);
    rmSync(outside, { recursive: true });
  });
});
