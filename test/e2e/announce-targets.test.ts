/** Announces to all kinds of targets in one site from the command line, without showing any of their keys. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aSite } from '../support/a-site.js';
import { runNewsloom } from '../support/command-line.js';
import { serveHttp } from '../support/loopback.js';
import { aMessenger } from '../support/messenger.js';
import { type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const schema = JSON.parse(readFileSync(new URL('../../schema/announcement.schema.json', import.meta.url), 'utf8'));
const announcement = z.fromJSONSchema(schema);

const ferries = (to: number): RssItem[] =>
  Array.from({ length: to }, (_, i) => ({
    title: `Ferry ${to - i} leaves the harbour`,
    link: `https://a.example/${to - i}`,
    date: new Date(Date.UTC(2026, 10, 24, 8, to - i)).toISOString(),
    description: `About ferry ${to - i}.`,
    xml: '<enclosure url="https://a.example/picture.jpg" type="image/jpeg" length="1"/>',
  }));

async function aNewsroom(kinds: (origin: string) => readonly string[], source = '') {
  const origin = await serveFeeds({ '/a': rss('The a', ferries(2), 'https://a.example/') });
  const messenger = await aMessenger();
  const env = {
    TOKEN: 'a-secret-token',
    KEY: 'a-secret-key-of-ours',
    SLACK: `${messenger.origin}/slack/T0SECRET/B0SECRET`,
    DISCORD: `${messenger.origin}/discord/D0SECRET`,
    APPRISE: `${messenger.origin}/apprise/notify/A0SECRET`,
    TELEGRAM: `${messenger.origin}/telegram/bot0SECRET/sendMessage?chat_id=7`,
  };
  const parts = (...more: string[]) => ({
    sources: [`{ id: a, url: "${origin.url}/a"${source} }`],
    more: [
      'publish: { failures: true }',
      'announce:',
      ...kinds(messenger.origin).map((line) => `  - ${line}`),
      ...more,
    ],
  });
  const site = aSite(parts());
  closing.push(origin.close, messenger.close, site.remove);
  const config = join(site.root, 'config', 'newsloom.yaml');
  const said: string[] = [];
  const newsloom = async (...argv: string[]) => {
    const ended = await runNewsloom(env, ...argv, '--config', config);
    said.push(ended.out, ended.err);
    return ended;
  };
  const publish = (count: number) =>
    void origin.pages.set('/a', { body: rss('The a', ferries(count), 'https://a.example/') });
  const build = (minute: number, ...more: string[]) =>
    newsloom('build', '--force', '--now', new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString(), ...more);
  const rule = (written: string) => site.configure(parts(`rules: [${written}]`));
  return { site, origin, messenger, newsloom, build, publish, rule, said };
}

const ALL = (origin: string) => [
  `{ to: webhook, url: "${origin}/hook", secret: "\${KEY}", of: [all] }`,
  `{ to: slack, url: "\${SLACK}", of: [all] }`,
  `{ to: discord, url: "\${DISCORD}", of: [all] }`,
  `{ to: telegram, url: "\${TELEGRAM}", of: [all] }`,
  `{ to: ntfy, url: "${origin}/ntfy/our-news", token: "\${TOKEN}", of: [all] }`,
  `{ to: mastodon, url: "${origin}", token: "\${TOKEN}", of: [all] }`,
  `{ to: bluesky, url: "${origin}", account: section.example, token: "\${TOKEN}", of: [all] }`,
  `{ to: matrix, url: "${origin}/!room:matrix.example", token: "\${TOKEN}", of: [all] }`,
  `{ to: apprise, url: "\${APPRISE}", of: [all] }`,
];

describe('announcements to all kinds of targets', () => {
  it('arrive once each, and contain no key', async () => {
    const { site, messenger, newsloom, build, publish, said } = await aNewsroom(ALL);
    await build(0);
    publish(3);
    const dry = await build(4, '--dry-run');
    expect(dry.out.match(/Ferry 3 leaves the harbour · The a https:\/\/a\.example\/3/g)).toHaveLength(9);
    expect(messenger.asked).toEqual([]);
    const { out } = await build(5);
    expect(out).toContain('announced slack: 1 sent');
    await build(6);
    expect(messenger.taken.map(({ path }) => path.replace(/[\w-]{22}$/, 'KEY')).sort()).toEqual([
      '/_matrix/client/v3/rooms/!room%3Amatrix.example/send/m.room.message/KEY',
      '/api/v1/statuses',
      '/apprise/notify/A0SECRET',
      '/discord/D0SECRET',
      '/hook',
      '/ntfy/',
      '/slack/T0SECRET/B0SECRET',
      '/telegram/bot0SECRET/sendMessage',
      '/xrpc/com.atproto.repo.putRecord',
    ]);
    messenger.mishaps.push(...Array.from({ length: 9 }, () => ({ status: 403 })));
    publish(4);
    await build(10);
    await newsloom('status');
    const status = JSON.parse((await newsloom('status', '--json')).out);
    expect(status.targets).toHaveLength(9);
    expect(status.targets[0]).toMatchObject({ waiting: 1, error: 'answered 403: access is forbidden' });
    await newsloom('check');
    for (const text of [...said, ...site.files().values()]) {
      expect(text).not.toMatch(/SECRET|a-secret/);
    }
  });

  it('are sent again after a 5xx to a webhook that deduplicates, with the same key', async () => {
    const hook = (origin: string) => `url: "${origin}/hook", of: [all]`;
    const { messenger, build, publish, newsloom } = await aNewsroom((origin) => [
      `{ id: plain, to: webhook, ${hook(origin)} }`,
      `{ id: again, to: webhook, ${hook(origin)}, retry: true }`,
    ]);
    await build(0);
    publish(3);
    messenger.mishaps.push({ status: 502 }, { status: 502 });
    await build(5);
    const [plain, again] = JSON.parse((await newsloom('status', '--json')).out).targets;
    expect(plain.unsent).toMatchObject([{ what: 'unknown' }]);
    expect(again).toMatchObject({ waiting: 1, unsent: [] });
    await build(30);
    expect(messenger.taken).toHaveLength(1);
    const keys = messenger.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(keys.slice(0, 2)).toContain(keys[2]);
    expect(JSON.parse((await newsloom('status', '--json')).out).targets[1]).toMatchObject({ waiting: 0, unsent: [] });
  });

  it('are JSON of the public schema for a webhook, without hidden data', async () => {
    const { messenger, build, publish } = await aNewsroom(
      (origin) => [`{ to: webhook, url: "${origin}/hook", of: [all] }`],
      ', content: none',
    );
    await build(0);
    publish(10);
    await build(5);
    expect(messenger.taken).toHaveLength(5);
    for (const { body } of messenger.taken) expect(announcement.parse(body)).toEqual(body);
    expect(messenger.taken.map(({ body }) => body.kind)).toEqual(['more', 'article', 'article', 'article', 'article']);
    expect(messenger.taken[1]!.body).toMatchObject({ summary: '', image: null });
  });

  it('report waiting articles to the editor once, and to readers after approval', async () => {
    const { messenger, build, publish, newsloom } = await aNewsroom(
      (at) => [
        `{ id: editor, to: webhook, url: "${at}/editor", of: [desk, failures] }`,
        `{ to: webhook, url: "${at}/hook", of: [all] }`,
      ],
      ', review: hold',
    );
    await build(0);
    publish(3);
    await build(5);
    await build(6);
    expect(messenger.taken.map(({ to, body }) => [to, body.kind, body.title])).toEqual([
      ['editor', 'held', 'Ferry 3 leaves the harbour'],
    ]);
    expect(announcement.parse(messenger.taken[0]!.body)).toMatchObject({ summary: '' });
    expect((await newsloom('desk', 'approve', 'https://a.example/3')).status).toBe(0);
    await build(7);
    expect(messenger.taken.map(({ to, body }) => [to, body.kind])).toEqual([
      ['editor', 'held'],
      ['hook', 'article'],
    ]);
  });

  it('do not report dropped articles to the editor', async () => {
    const { messenger, build, publish, rule } = await aNewsroom(
      (at) => [`{ id: editor, to: webhook, url: "${at}/editor", of: [desk] }`],
      ', review: hold',
    );
    await build(0);
    rule('{ drop: { title: ["Ferry 3"] } }');
    publish(4);
    expect((await build(5, '--dry-run')).out).toContain('Waits for approval · Ferry 4 leaves the harbour');
    await build(5);
    await build(6);
    expect(messenger.taken.map(({ body }) => body.title)).toEqual(['Ferry 4 leaves the harbour']);
  });

  it('report a failing source to the editor once', async () => {
    const { messenger, origin, newsloom, site } = await aNewsroom(() => []);
    origin.pages.set('/b', { body: rss('The b', [{ title: 'Tram stops', link: 'https://b.example/1' }]) });
    site.configure({
      sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
      more: ['announce:', `  - { id: editor, to: webhook, url: "${messenger.origin}/editor", of: [failures] }`],
    });
    const build = (day: number) =>
      newsloom('build', '--force', '--now', new Date(Date.UTC(2026, 10, 24 + day)).toISOString());
    await build(0);
    origin.pages.set('/a', { body: 'gone', status: 500 });
    for (let day = 1; day < 8; day++) await build(day);
    expect(messenger.taken.map(({ body }) => [body.kind, body.title])).toEqual([['failure', 'The a fails repeatedly']]);
  });

  it.each(['{}', '<!doctype html><title>Welcome</title>'])(
    'say what is wrong where no session is given but %s',
    async (body) => {
      const other = await serveHttp((_, response) => void response.end(body));
      closing.push(other.close);
      const { newsloom } = await aNewsroom(() => [
        `{ to: bluesky, url: "http://127.0.0.1:${other.port}", account: section.example, token: "\${TOKEN}", of: [all] }`,
      ]);
      const out = 'bluesky: not accepted: answered 200, but not in the format of this service; check the URL\n';
      expect(await newsloom('announce', 'test', 'bluesky')).toMatchObject({ status: 3, out });
    },
  );

  it.each([
    ['hook', 'webhook: sent', 0],
    ['closed', 'webhook: not accepted: answered 403: access is forbidden', 3],
  ])('test a target: %s', async (path, words, status) => {
    const { messenger, newsloom, said } = await aNewsroom((origin) => [
      `{ to: webhook, url: "${origin}/${path}", of: [all] }`,
    ]);
    if (path === 'closed') messenger.mishaps.push({ status: 403 });
    expect(await newsloom('announce', 'test', 'webhook')).toMatchObject({ status, out: `${words}\n` });
    if (path === 'hook')
      expect(announcement.parse(messenger.taken[0]!.body)).toMatchObject({ kind: 'test', title: 'Test · The Section' });
    expect((await newsloom('announce', 'test', 'slack')).status).toBe(2);
    expect(said.join('')).toContain('unknown announcement target "slack"; known targets: webhook');
  });
});
