/** What the desk refuses. */
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
let file: string;

beforeAll(async () => {
  const items = ['One', 'Two', 'Three'].map((title, i) => ({ title, date: `2026-11-20T0${i}:00:00Z` }));
  server = await serveFeeds({
    '/held': rss('Held', items),
    '/ruled': rss('Ruled', [{ title: 'Ferry sails', date: '2026-11-19T00:00:00Z' }]),
  });
  site = aSite({
    sources: [
      `{ id: held, url: "${server.url}/held", review: hold }`,
      `{ id: ruled, url: "${server.url}/ruled", rules: [{ hold: { title: [ferry] } }] }`,
    ],
  });
  await site.run('2026-11-20T10:00:00Z');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
  file = join(site.root, 'config', 'desk.yaml');
});
afterAll(async () => {
  await desk.stop();
  await server.close();
  site.remove();
});

const approve = { do: 'approve selected', article: '' };

/** The status of a request with any headers, which fetch would not send. */
async function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return await new Promise((resolve, reject) => {
    const sent = request(new URL(path, desk.base), { method, headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the desk', () => {
  it('opens its address once', async () => {
    const again = await fetch(desk.url, { redirect: 'manual' });
    expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null]);
    // Servers on other ports get its cookie, too, and may have one of that name.
    const other = await aDesk(site.root);
    const cookie = (await fetch(other.url, { redirect: 'manual' })).headers.get('set-cookie')!;
    expect(cookie).toMatch(new RegExp(`^newsloom-desk-${new URL(other.base).port}=`));
    await other.stop();
    expect((await fetch(new URL('/queue', desk.base))).status).toBe(401);
  });

  it('shows no page without a session', async () => {
    for (const path of ['/assets/anything', '/assets/', '/assets/../assets/x/y', '/assets/%64esk.png']) {
      const answer = await fetch(new URL(path, desk.base));
      expect([answer.status, await answer.text()]).toEqual([404, 'Not found']);
    }
    expect((await fetch(new URL('/anything', desk.base))).status).toBe(401);
  });

  it('says why each article waits', async () => {
    const html = await (await visitor.get('/queue')).text();
    expect(html.match(/Held: its source needs approval</g)?.length).toBe(3);
    expect(html.match(/Held by a rule: <code>hold title: ferry</g)?.length).toBe(1);
  });

  it.each(['localhost', 'attacker.example', '127.0.0.1', '127.0.0.1:1'])('refuses the host %s', async (host) => {
    expect(await ask('/queue', { host })).toBe(421);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    expect(await ask('/queue', { host: new URL(desk.base).host }, method)).toBe(405);
  });

  it('refuses forms of other pages', async () => {
    const submit = async (headers: Record<string, string>, fields = {}) => (await visitor.submit('/queue', '/queue', { ...approve, ...fields }, headers)).status; // biome-ignore format: one call
    expect(await submit({ origin: 'https://attacker.example' })).toBe(403);
    expect(await submit({ origin: 'null' })).toBe(403);
    expect(await submit({ origin: '' })).toBe(403);
    expect(await submit({ origin: desk.base.slice(0, -1).replace('127.0.0.1', 'localhost') })).toBe(403);
    for (const site of ['cross-site', 'same-site', 'none']) expect(await submit({ 'sec-fetch-site': site })).toBe(403);
    expect(await submit({ cookie: '' })).toBe(401);
    expect(await submit({ cookie: `newsloom-desk-${new URL(desk.base).port}=guessed` })).toBe(401);
    expect(await submit({ 'content-type': 'text/plain' })).toBe(400);
    expect(await submit({}, { token: '' })).toBe(422);
    expect(await submit({}, { token: 'guessed' })).toBe(422);
    expect(existsSync(file)).toBe(false);
  });

  it('changes nothing by GET', async () => {
    const html = await (await visitor.get('/queue')).text();
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    const id = value('article');
    expect(id).not.toBe('');
    const signed = { token: value('token'), version: value('version') };
    const gets: Record<string, Record<string, string>> = {
      '/queue': { do: `approve article ${id}` },
      '/article': { do: 'hide', id },
      '/undo': { change: '1' },
    };
    for (const [path, fields] of Object.entries(gets))
      await visitor.get(`${path}?${new URLSearchParams({ ...signed, ...fields })}`);
    expect(existsSync(file)).toBe(false);
  });

  it('refuses to be a part of other pages', async () => {
    const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
    expect((await visitor.get('/queue', embedded)).status).toBe(403);
    const { headers } = await visitor.get('/queue');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('access-control-allow-origin')).toBe(null);
  });

  it('keeps a file that was changed since the page was loaded', async () => {
    const html = await (await visitor.get('/queue')).text();
    const [, version = ''] = /name="version" value="([^"]*)"/.exec(html)!;
    const [, id = ''] = /value="approve article ([^"]*)"/.exec(html)!;
    const byHand = '- { article: https://else.example/, hide: true } # by hand\n';
    writeFileSync(file, byHand);
    const fields = { do: `approve article ${id}`, version };
    const refused = await visitor.submit('/queue', '/queue', fields);
    const text = await refused.text();
    expect([refused.status, readFileSync(file, 'utf8')]).toEqual([409, byHand]);
    expect(text).toContain('else.example');
    const [, now = ''] = /name="version" value="([^"]*)"/.exec(text)!;
    expect((await visitor.submit('/queue', '/queue', { ...fields, version: now })).status).toBe(303);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^- \{ article: https:\/\/else.example\/, hide: true \} # by hand\n- \{ article: \S+, approve: true \}\n$/,
    );
  });

  it('says what is wrong with a broken file, and leaves it as it is', async () => {
    const before = readFileSync(file, 'utf8');
    const html = await (await visitor.get('/queue')).text();
    const [, id = ''] = /value="approve article ([^"]*)"/.exec(html)!;
    writeFileSync(file, '- { article: [\n');
    const shown = await (await visitor.get('/queue')).text();
    expect(shown).toMatch(/The config is invalid[\s\S]*desk\.yaml:1:14/);
    const refused = await visitor.submit('/queue', '/queue', { do: `approve article ${id}` });
    expect([refused.status, readFileSync(file, 'utf8')]).toEqual([422, '- { article: [\n']);
    writeFileSync(file, before);
  });

  it('writes nothing through a link beside the file', async () => {
    const outside = join(site.root, 'outside.txt');
    writeFileSync(outside, 'kept');
    symlinkSync(outside, `${file}.newsloom-new`);
    const html = await (await visitor.get('/queue')).text();
    const [, id = ''] = /value="approve article ([^"]*)"/.exec(html)!;
    expect((await visitor.submit('/queue', '/queue', { do: `approve article ${id}` })).status).toBe(303);
    expect(readFileSync(outside, 'utf8')).toBe('kept');
    expect([lstatSync(file).isSymbolicLink(), readFileSync(file, 'utf8').includes(id)]).toEqual([false, true]);
  });

  it('takes back the change that a message names, once', async () => {
    const html = await (await visitor.get('/queue')).text();
    const [, change = ''] = /name="change" value="(\d+)"/.exec(html)!;
    const before = readFileSync(file, 'utf8');
    const [, id = ''] = /value="approve article ([^"]*)"/.exec(html)!;
    await visitor.submit('/queue', '/queue', { do: `approve article ${id}` });
    const undone = await visitor.submit('/changes', '/undo', { change });
    expect(undone.status).toBe(303);
    const text = readFileSync(file, 'utf8');
    expect([text.includes(id), text === before]).toEqual([true, false]);
    expect(await (await visitor.get('/queue')).text()).not.toContain('name="change"');
    expect((await visitor.submit('/changes', '/undo', { change })).status).toBe(422);
  });

  it('stops after an idle time', async () => {
    const short = await aDesk(site.root, { idleMs: 50 });
    expect(await short.stopped).toBe('idle');
  });
});
