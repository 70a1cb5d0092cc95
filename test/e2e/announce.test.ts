/** Each article and story is announced once to each target, whatever happens in between. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anAnnouncingSite, at, ferries, ferry } from '../support/announcing-site.js';
import { isThorough } from '../support/thorough.js';

describe('announcements', () => {
  it('start without old articles, then announce each article once', async () => {
    const { site, publish, told, messenger } = await anAnnouncingSite();
    await site.run(at(0));
    expect(told()).toEqual([]);
    publish('a', ferries('a', 1, 5));
    const { report } = await site.run(at(5));
    expect(report.announcements).toMatchObject([{ target: 'webhook', sent: 2, waiting: 0, unknown: 0, error: null }]);
    expect(told()).toEqual(['Ferry 4 of a leaves the harbour', 'Ferry 5 of a leaves the harbour']);
    await site.run(at(6));
    publish('a', [ferry('a', 5, 'Ferry 5 of a has left the harbour after all'), ...ferries('a', 1, 4)]);
    await site.run(at(7));
    expect(told()).toHaveLength(2);
    expect(messenger.taken[0]).toMatchObject({
      body: {
        version: 1,
        kind: 'article',
        title: 'Ferry 4 of a leaves the harbour',
        url: 'https://a.example/4',
        publication: { title: 'The a' },
        text: 'Ferry 4 of a leaves the harbour · The a https://a.example/4',
      },
    });
  });

  it('include an article that its publisher takes over, if it is other news', async () => {
    const { site, publish, told } = await anAnnouncingSite();
    publish('b', [ferry('b', 1)]);
    await site.run(at(0));
    const linked = (n: number, title: string) => ({ ...ferry('a', n, title), guid: `b-${n}` });
    publish('b', [linked(8, 'Buy pills here'), linked(9, 'Ferry 9 of a leaves the harbour again'), ferry('b', 1)]);
    await site.run(at(5));
    expect(told()).toEqual(['Buy pills here', 'Ferry 9 of a leaves the harbour again']);
    publish('a', [ferry('a', 9), ferry('a', 8), ...ferries('a', 1, 3)]);
    for (const minute of [10, 15]) await site.run(at(minute));
    expect(told().slice(2)).toEqual(['Ferry 8 of a leaves the harbour']);
  });

  it('start again after a time without targets, and drop waiting messages', async () => {
    const { site, publish, told, messenger, configure } = await anAnnouncingSite();
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    await site.run(at(5));
    messenger.mishaps.push({ status: 503 });
    publish('a', ferries('a', 1, 5));
    expect((await site.run(at(10))).report.announcements).toMatchObject([{ waiting: 1 }]);
    configure({ announce: [] });
    publish('a', ferries('a', 1, 6));
    await site.run(at(20));
    configure();
    publish('a', ferries('a', 1, 7));
    await site.run(at(40));
    expect(told()).toEqual(['Ferry 4 of a leaves the harbour']);
    publish('a', ferries('a', 1, 8));
    await site.run(at(60));
    expect(told().slice(1)).toEqual(['Ferry 8 of a leaves the harbour']);
  });

  it('skip the first articles of a new source, even if its first run was killed', async () => {
    const { site, origin, publish, told, configure } = await anAnnouncingSite();
    await site.run(at(0));
    publish('c', ferries('c', 1, 4));
    configure({ sources: ['a', 'b', 'c'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
    const stop = new AbortController();
    const observer = { start: () => {}, done: () => {}, published: () => {}, publishing: () => stop.abort('killed') };
    await expect(site.run(at(5), { observer, signal: stop.signal })).rejects.toBe('killed');
    await site.run(at(6));
    expect(told()).toEqual([]);
    publish('c', ferries('c', 1, 5));
    await site.run(at(10));
    expect(told()).toEqual(['Ferry 5 of c leaves the harbour']);
  });

  it('skip old articles after a restore, a new host and a renamed topic', async () => {
    const { site, origin, publish, told, configure } = await anAnnouncingSite([
      '{ to: webhook, url: "ORIGIN/hook", of: [all] }',
      '{ id: sea, to: webhook, url: "ORIGIN/sea", of: [topics/sea] }',
    ]);
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    await site.run(at(5));
    expect(told()).toHaveLength(2);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    publish('a', ferries('a', 1, 5));
    await site.run(at(10));
    expect(told()).toHaveLength(2);
    // The publisher moves to another host, its feed included.
    const moved = ferries('a', 1, 5).map((one) => ({
      ...one,
      link: one.link!.replace('a.example', 'www.a-news.example'),
      guid: one.link!,
    }));
    publish(
      'a',
      ferries('a', 1, 5).map((one) => ({ ...one, guid: one.link! })),
    );
    await site.run(at(15));
    publish('a', moved);
    await site.run(at(20));
    const renamed = {
      topics: ['{ id: shipping, formerly: [sea], any: [ferry] }'],
      announce: [
        '{ to: webhook, url: "ORIGIN/hook", of: [all] }',
        '{ id: sea, to: webhook, url: "ORIGIN/sea", of: [topics/shipping] }',
      ],
    };
    configure(renamed);
    await site.run(at(25));
    expect(told()).toHaveLength(2);
    // The state of announcing moved with the renamed topic: the next article is announced.
    publish('a', [ferry('a', 6), ...moved]);
    await site.run(at(30));
    expect(told()).toHaveLength(4);
    configure({ ...renamed, more: ['retention: 400d'], sources: [`{ id: a, url: "${origin.url}/a" }`] });
    await site.run(at(35));
    expect(told()).toHaveLength(4);
  });

  it('count the rest above atMost', async () => {
    const { site, publish, messenger } = await anAnnouncingSite([
      '{ to: webhook, url: "ORIGIN/hook", of: [all], atMost: 3 }',
    ]);
    await site.run(at(0));
    publish('a', ferries('a', 1, 13));
    await site.run(at(30));
    await site.run(at(31));
    expect(messenger.taken.map(({ body }) => [body.kind, body.title, body.count])).toEqual([
      ['more', '+8 · The Section', 8],
      ['article', 'Ferry 12 of a leaves the harbour', 1],
      ['article', 'Ferry 13 of a leaves the harbour', 1],
    ]);
  });

  it('wait in quiet hours, and drop unpublished articles', async () => {
    const quiet = ['{ to: webhook, url: "ORIGIN/hook", of: [all], quiet: "9:05-09:20" }'];
    const { site, publish, told, configure } = await anAnnouncingSite(quiet);
    await site.run(at(0));
    publish('a', ferries('a', 1, 5));
    const { report } = await site.run(at(6));
    expect(report.announcements).toMatchObject([{ sent: 0, waiting: 2, error: null }]);
    expect(told()).toEqual([]);
    configure({ announce: quiet, more: ['desk: [{ article: "https://a.example/4", hide: true }]'] });
    await site.run(at(20));
    expect(told()).toEqual(['Ferry 5 of a leaves the harbour']);
  });

  it('announce a story once, even if it grows or its lead changes', async () => {
    const { site, publish, messenger } = await anAnnouncingSite([
      '{ to: webhook, url: "ORIGIN/hook", of: [stories, all] }',
    ]);
    await site.run(at(0));
    const words = 'Storm Agnes tears the roof off the old market hall in Northport';
    publish('a', [ferry('a', 9, words), ...ferries('a', 1, 3)]);
    publish('b', [ferry('b', 9, `${words}, forty people are brought to safety`)]);
    await site.run(at(10));
    expect(messenger.taken.map(({ body }) => body.kind)).toEqual(['story']);
    expect(messenger.taken[0]!.body.others).toHaveLength(1);
    publish('b', [
      ferry('b', 10, `${words}: the mayor of Northport closes the market hall`),
      ferry('b', 9, `${words}, forty people are brought to safety`),
    ]);
    await site.run(at(15));
    expect(messenger.taken).toHaveLength(1);
  });

  it('wait as long as a target requests, and reach the others meanwhile', async () => {
    const { site, publish, messenger } = await anAnnouncingSite([
      '{ to: webhook, url: "ORIGIN/hook", of: [all] }',
      '{ id: other, to: webhook, url: "ORIGIN/other", of: [all] }',
    ]);
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    messenger.mishaps.push({ status: 429, headers: { 'retry-after': '600' } });
    const { report } = await site.run(at(5));
    expect(report.announcements!.map(({ sent, waiting }) => [sent, waiting]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(report.warnings).toMatchObject([{ message: 'answered 429: too many requests; messages waiting: 1' }]);
    await site.run(at(14));
    expect(messenger.asked).toHaveLength(2);
    await site.run(at(15));
    expect(messenger.taken.map(({ to }) => to).sort()).toEqual(['hook', 'other']);
  });

  it.each(
    isThorough ? (['hangs', 'breaks before', 'breaks after'] as const) : (['breaks before', 'breaks after'] as const),
  )('are not sent again where nobody knows what became of them: it %s', async (mishap) => {
    const { site, publish, messenger } = await anAnnouncingSite();
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    messenger.mishaps.push(mishap);
    const { report } = await site.run(at(5));
    expect(report.announcements).toMatchObject([{ sent: 0, unknown: 1, waiting: 0 }]);
    await site.run(at(6));
    await site.run(new Date(Date.UTC(2026, 10, 25, 12)).toISOString());
    expect(messenger.asked).toHaveLength(1);
    expect(site.read('failures.atom')).toContain('announce.webhook may not have received 1 announcement');
  });

  const SOCIAL = `{ to: mastodon, url: "ORIGIN", token: "\${SECRET}", of: [all] }`;
  const ENV = { env: { SECRET: 'a-secret-token' } };

  it('are sent again to Mastodon, which deduplicates by key', async () => {
    const { site, publish, messenger, configure } = await anAnnouncingSite([SOCIAL]);
    configure(ENV);
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    messenger.mishaps.push('breaks after');
    await site.run(at(5));
    const { report } = await site.run(at(15));
    expect(report.announcements).toMatchObject([{ sent: 1, unknown: 0, waiting: 0 }]);
    expect(messenger.taken).toHaveLength(1);
    publish('a', ferries('a', 1, 5));
    await site.run(at(20));
    expect(messenger.taken).toHaveLength(2);
  });

  it('appear in the feed of failures if a target accepts nothing for a day', async () => {
    const { site, publish, messenger } = await anAnnouncingSite([
      '{ to: webhook, url: "ORIGIN/hook", of: [all] }',
      '{ id: editor, to: webhook, url: "ORIGIN/editor", of: [failures] }',
    ]);
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    for (let i = 0; i < 30; i++) messenger.mishaps.push({ status: 403 });
    await site.run(at(5));
    for (let hour = 1; hour < 30; hour++) await site.run(new Date(Date.UTC(2026, 10, 24, 9 + hour)).toISOString());
    expect(site.read('failures.atom')).toContain('announce.webhook has accepted no announcement for a day or longer');
    expect(site.read('failures.atom')).not.toContain(messenger.origin);
  });

  it('are printed in a dry run, and not sent', async () => {
    const { site, publish, messenger } = await anAnnouncingSite();
    await site.run(at(0));
    publish('a', ferries('a', 1, 4));
    const { report } = await site.run(at(5), { dryRun: true });
    expect(report.announcements).toMatchObject([
      {
        target: 'webhook',
        sent: 0,
        waiting: 1,
        would: ['Ferry 4 of a leaves the harbour · The a https://a.example/4'],
      },
    ]);
    expect(messenger.asked).toEqual([]);
  });
});
