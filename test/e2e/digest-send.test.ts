/** `digest send` hands each issue once, as a mail with two parts, to the editor's command. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const item = (title: string, day: number) => ({ title, date: `2026-11-${day}T08:00:00Z` });
const configure = (send: string) =>
  site.configure({
    sources: [`{ id: a, url: "${origin.url}/a" }`],
    more: ['digests:', `  - { id: daily, title: Новини дня, every: "daily 06:00"${send} }`],
  });
beforeEach(async () => {
  origin = await serveFeeds({ '/a': rss('Paper A', [item('Ferry sails again', 24)]) });
  site = aSite({ sources: [] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const send = () => newsloom('digest', 'send', 'daily', '--config', join(site.root, 'config', 'newsloom.yaml'));
const decode = (part: string) => Buffer.from(part.split('\n\n')[1] ?? '', 'base64').toString('utf8');

it('sends each issue once, and again only after a failure', async () => {
  const out = join(site.root, 'mail.txt');
  const program = join(site.root, 'mailer');
  writeFileSync(program, `#!/bin/sh\n[ "$1" = -t ] && cat >> "${out}"\n`);
  chmodSync(program, 0o755);
  configure(', send: { command: [/bin/false], to: list@news.example }');
  await site.run('2026-11-24T09:00:00Z');
  expect((await send()).out).toBe('no issue yet\n');
  origin.pages.set('/a', { body: rss('Paper A', [item('Tram stops', 25), item('Ferry sails again', 24)]) });
  await site.run('2026-11-25T09:00:00Z');

  expect(await send()).toMatchObject({ status: 5, err: expect.stringContaining('/bin/false exited with 1') });
  configure(', send: { command: [./mailer, -t], to: list@news.example, unsubscribe: "https://news.example/leave" }');
  expect((await send()).out).toMatch(/^sent: Новини дня, .* to list@news\.example\n$/);
  const mail = readFileSync(out, 'utf8');
  expect(mail).toMatch(/^From: list@news\.example\nTo: list@news\.example\nSubject: =\?utf-8\?B\?/);
  expect(mail).toContain('\nList-Unsubscribe: <https://news.example/leave>\n');
  const [, boundary = ''] = /boundary="(.*)"/.exec(mail) ?? [];
  const [, text = '', html = ''] = mail.split(`--${boundary}`);
  expect(text).toContain('Content-Type: text/plain; charset=utf-8');
  expect(decode(text)).toContain('Ferry sails again');
  expect(decode(html)).toMatch(/^<!doctype html>.*Ferry sails again/is);

  expect((await send()).out).toMatch(/^already sent: /);
  expect(readFileSync(out, 'utf8')).toBe(mail);
  expect(existsSync(join(site.root, '.newsloom', 'digest-daily.sent'))).toBe(true);
});

it('needs a command', async () => {
  configure('');
  expect(await send()).toMatchObject({ status: 2, err: expect.stringContaining('"daily" has no send') });
});
