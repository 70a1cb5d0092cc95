/** What the desk shows of changed files, and what taking a change back leaves. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { aDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const ENV = { PAPER: 'paper.example' };
const HEADERS = [
  '    headers:',
  '      X-Short: q7',
  '      Authorization: "Bearer folded',
  '        s3cret-tail"',
  '      Cookie: >-',
  '        block-s3cret',
  '        second-s3cret # no comment',
];

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
let config: string;
let file: string;
/** Answers of a slow page wait for it. */
let release = () => {};

beforeAll(async () => {
  const items = ['Ferry sails', 'Ferry returns', 'Tram stops'].map((title, i) => ({
    title,
    description: `About the ${title}.`,
    date: `2026-11-20T0${i}:00:00Z`,
  }));
  const held = Array.from({ length: 120 }, (_, i) => ({ title: `Held report ${i}`, date: '2026-11-20T00:00:00Z' }));
  server = await serveFeeds({ '/paper.example': rss('A', items), '/held': rss('Held', held, 'https://held.example/') });
  const url = `url: "${server.url}/\${PAPER}"`;
  site = aSite({
    sources: [
      `{ id: a, ${url} }`,
      `{ id: held, url: "${server.url}/held", review: hold, perDay: 1000 }`,
      '{ id: links, kind: links, path: config/links.yaml }',
    ],
    topics: ['{ id: sea, any: [ferry, boat] }'],
    env: ENV,
  });
  await site.run('2026-11-20T10:00:00Z');
  config = join(site.root, 'config', 'newsloom.yaml');
  file = join(site.root, 'config', 'desk.yaml');
  desk = await aDesk(site.root, { load: (reading) => loadSite(config, ENV, reading, 'sent') });
  visitor = await signIn(desk);
});
afterAll(async () => {
  await desk.stop();
  await server.close();
  site.remove();
});

const text = async (answer: Promise<Response>) => await (await answer).text();
const FERRY = 'https://paper.example/ferry-sails';
const pageOf = (id: string) => `/article?id=${encodeURIComponent(id)}`;
const readDesk = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('values of the environment', () => {
  it('do not change forms, whatever they are', async () => {
    const page = await text(visitor.get(pageOf(FERRY)));
    expect(page).toContain(`name="id" value="${FERRY}"`);
    expect((await visitor.fill(pageOf(FERRY), '/article', { do: 'save', remark: 'Ours' })).status).toBe(303);
    expect(readDesk()).toContain(`{ article: ${FERRY}, remark: Ours }`);
  });
});

describe('an article', () => {
  it('saves all boxes at once, with every button', async () => {
    const fields = { title: 'Better', until: '2026-12-24', topic: [], remark: 'Our words' };
    await visitor.fill(pageOf(FERRY), '/article', { do: 'hide', ...fields });
    expect(readDesk().split('\n').at(-2)).toBe(
      `- { article: ${FERRY}, remark: Our words, title: Better, pin: { until: 2026-12-24 }, topics: [ -sea ], hide: true }`,
    );
    const shown = await text(visitor.get(pageOf(FERRY)));
    expect(shown).toContain('pinned to the front page until 2026-12-24');
    await visitor.fill(pageOf(FERRY), '/article', { do: 'show', topic: ['sea'], pin: [], remark: '', title: '' });
    expect(readDesk()).not.toContain(FERRY);
  });

  it('keeps what others decided about boxes that the editor left alone', async () => {
    const loaded = await text(visitor.get(pageOf(FERRY)));
    const version = /name="version" value="([^"]*)"/.exec(loaded)![1]!;
    const byHand = `- { article: ${FERRY}, title: By hand, topics: [ +sea ] }\n`;
    const was = /name="was" value="([^"]*)"/.exec(loaded)![1]!.replaceAll('&quot;', '"');
    writeFileSync(file, byHand);
    const fields = { id: FERRY, was, do: 'save', version, title: 'Ferry sails', summary: 'About the Ferry sails.', topic: 'sea', remark: 'Mine' }; // biome-ignore format: one list
    const refused = await visitor.submit('/queue', '/article', fields);
    expect(refused.status).toBe(409);
    const now = /name="version" value="([^"]*)"/.exec(await refused.text())![1]!;
    expect((await visitor.submit('/queue', '/article', { ...fields, version: now })).status).toBe(303);
    expect(readDesk()).toBe(`- { article: ${FERRY}, title: By hand, topics: [ +sea ], remark: Mine }\n`);
    writeFileSync(file, '[]\n');
  });

  it('offers the articles that have the words, and saves the boxes with the chosen one', async () => {
    const asked = await visitor.fill(pageOf('https://paper.example/tram-stops'), '/article', {
      do: 'save',
      other: 'ferry',
      remark: 'ferry',
    });
    const page = await asked.text();
    expect([asked.status, readDesk()]).toEqual([409, '[]\n']);
    expect(page).toMatch(/Which article do you mean[\s\S]*Ferry returns[\s\S]*Ferry sails/);
    expect(page).toContain(`<button class="primary" name="other" value="${FERRY}"`);
    const fields = Object.fromEntries(
      [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value!.replaceAll('&quot;', '"')]), // biome-ignore format: one list
    );
    expect((await visitor.submit('/queue', '/article', { ...fields, other: FERRY })).status).toBe(303);
    expect(readDesk()).toBe(
      `- { article: https://paper.example/tram-stops, remark: ferry, story: { with: ${FERRY} } }\n`,
    );
    expect(await text(visitor.submit('/front', '/front', { do: 'pin', article: 'ferry' }))).toContain(
      `name="article" value="${FERRY}"`,
    );
    writeFileSync(file, '[]\n');
  });
});

describe('a change', () => {
  it('shows the lines of the keys that the desk edits, and no other value', async () => {
    const before = readFileSync(config, 'utf8');
    const feeds = [
      '  - id: private',
      '    url: https://reader:pass@feeds.example/f?key=q7s3cret',
      '    proxy: http://me:w0rd@proxy.example',
      ...HEADERS,
      '    # headers: { X: commented-s3cret }',
    ];
    const page = await text(visitor.get('/topic?id=sea'));
    const version = /name="version" value="([^"]*)"/.exec(page)![1]!;
    const edited = before.replace('topics:\n', `${feeds.join('\n')}\ntopics:\n`).replace('boat', 'boat, yacht');
    writeFileSync(config, edited);
    const refused = await visitor.submit('/topic?id=sea', '/topic', { id: 'sea', 'add-any': 'raft', version });
    const conflict = await refused.text();
    expect(refused.status).toBe(409);
    await visitor.fill('/topic?id=sea', '/topic', { 'add-any': 'raft' });
    const changes = await text(visitor.get('/changes'));
    for (const shown of [conflict, changes]) {
      expect(shown).not.toMatch(/s3cret|q7|reader:|pass|me:|w0rd|Bearer|block/);
      expect(shown).toContain('yacht');
    }
    expect(conflict).toMatch(/id: private[\s\S]*url: •••[\s\S]*Authorization: •••/);
    expect(changes).toContain('raft');
    writeFileSync(config, before);
  });

  it('hides credentials in addresses of the desk file', async () => {
    const article = 'https://reader:pass@paper.example/unknown';
    await visitor.submit('/front', '/front', { do: 'pin', article });
    const changes = await text(visitor.get('/changes'));
    expect(changes).toContain('article: https://•••@paper.example/unknown, pin: true');
    expect(changes).not.toContain('reader:pass@paper.example/unknown, pin');
    writeFileSync(file, '[]\n');
  });

  it('that waits for a slow page leaves what was written by hand meanwhile', async () => {
    const slow = createServer((_, response) => {
      release = () => response.setHeader('content-type', 'text/html').end('<title>Slow page</title>');
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const added = visitor.submit('/links', '/links', { url, to: 'links' });
    await new Promise<void>((resolve) => slow.once('request', () => resolve()));
    writeFileSync(file, `- { article: ${FERRY}, hide: true } # by hand\n`);
    release();
    expect((await added).status).toBe(303);
    slow.close();
    const page = await text(visitor.get('/changes'));
    expect(page).toContain('Slow page');
    expect(page).not.toContain('by hand');
    await visitor.submit('/changes', '/undo', { change: /name="change" value="(\d+)"/.exec(page)![1]! });
    expect(readDesk()).toContain('# by hand');
    expect(readFileSync(join(site.root, 'config', 'links.yaml'), 'utf8')).not.toContain('Slow page');
    writeFileSync(file, '[]\n');
  });

  it('repeats no rule, and removes the rule that the page showed', async () => {
    const rule = { value: 'horoscope', field: 'title', action: 'drop' };
    const save = (fields: Record<string, string>) => visitor.submit('/rules?value=x', '/rules', fields);
    await save(rule);
    const before = readFileSync(config, 'utf8');
    expect([(await save(rule)).status, readFileSync(config, 'utf8')]).toEqual([422, before]);
    const page = await text(visitor.get('/rules'));
    const remove = decodeHTMLStrict(/name="remove" value="([^"]*)"/.exec(page)![1]!);
    writeFileSync(config, before.replace('rules:\n', 'rules:\n  - { drop: { title: [tarot] } }\n'));
    await save({ remove, source: '' });
    expect(readFileSync(config, 'utf8')).toContain('tarot');
    expect(readFileSync(config, 'utf8')).not.toContain('horoscope');
    expect((await save({ remove, source: '' })).status).toBe(422);
  });

  it('keeps a phrase that was added by hand since the page was loaded', async () => {
    const page = await text(visitor.get('/topic?id=sea'));
    const version = /name="version" value="([^"]*)"/.exec(page)![1]!;
    writeFileSync(config, readFileSync(config, 'utf8').replace('boat', 'boat, dinghy'));
    const fields = { id: 'sea', 'was-any': ['ferry', 'boat'], any: ['ferry'], 'add-any': 'canoe' };
    const refused = await visitor.submit('/topic?id=sea', '/topic', { ...fields, version });
    expect(refused.status).toBe(409);
    await visitor.submit('/topic?id=sea', '/topic', fields);
    expect(readFileSync(config, 'utf8')).toContain('any: [ferry, dinghy, canoe]');
  });
});

describe('many decisions', () => {
  it('are one edit of the file, and the page does not send them back', async () => {
    const page = await text(visitor.get('/queue?source=held'));
    expect(page).toContain('aria-label="Approve all 120 of Held"');
    expect(page.match(/held-report/g)!.length).toBeLessThan(50 * 6);
    expect((await visitor.fill('/queue', '/queue', { do: 'approve source held' })).status).toBe(303);
    expect(readDesk().match(/approve: true/g)).toHaveLength(120);
    expect(await text(visitor.get('/queue'))).toContain('120 articles approved');
  });
});

describe('a post', () => {
  it('is taken back by deleting its file', async () => {
    mkdirSync(join(site.root, 'content'));
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('sources:\n', 'sources:\n  - { id: posts, kind: posts, path: content }\n'));
    await visitor.submit('/links', '/posts', { title: 'A walk', body: '# Pier\n\nText' });
    const path = join(site.root, 'content', 'a-walk.md');
    expect(readFileSync(path, 'utf8')).toContain('Text');
    const [, change = ''] = /name="change" value="(\d+)"/.exec(await text(visitor.get('/changes')))!;
    expect((await visitor.submit('/changes', '/undo', { change })).status).toBe(303);
    expect(existsSync(path)).toBe(false);
    await visitor.submit('/links', '/posts', { title: 'A walk', body: 'Text' });
    const [, next = ''] = /name="change" value="(\d+)"/.exec(await text(visitor.get('/changes')))!;
    writeFileSync(path, `${readFileSync(path, 'utf8')}More by hand.\n`);
    await visitor.submit('/changes', '/undo', { change: next });
    expect(readFileSync(path, 'utf8')).toContain('More by hand.');
    writeFileSync(config, before);
  });
});

it('names the limit of a form', async () => {
  const fields = { do: 'approve selected', article: 'x'.repeat(2 ** 20) };
  const tooLong = await visitor.submit('/changes', '/queue', fields);
  expect([tooLong.status, await tooLong.text()]).toEqual([413, expect.stringContaining('more than 1 MB')]);
});
