import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresConnection } from '../../src/store/postgres/connection.js';
import { parsePostgresPlace } from '../../src/store/postgres/place.js';
import { postgres } from '../../src/store/postgres/postgres.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { runNewsloom } from '../support/command-line.js';
import { hasPostgres, usePostgres } from '../support/postgres.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const MANY = 24;
const FEW = 5;
const EVENTS = ['Harbour bridge opens after storm', 'Council votes on the school budget', 'Ferry strike ends at noon'];
const topics = ['{ id: storms, label: Storms, any: [storm] }', '{ id: votes, label: Votes, any: [votes, budget] }'];

/** Every second newspaper repeats others; the first one contains arbitrary text. */
function papers(edition: number): Record<string, string> {
  const odd = [
    {
      id: 'nul\u0000guid',
      title: 'A lone \ud83d surrogate, \udc00 and \u0000 \ufdd0 \ufdd0B \\u0000 \\\\ud800',
      content_text: 'Text \ud800.',
    },
    { id: 'Zeta', title: 'Zeta sorts before alpha', content_text: 'By code units.' },
    { id: 'alpha', title: 'ä sorts after z', content_text: 'By code units.' },
  ];
  const list = { version: 'https://jsonfeed.org/version/1.1', title: 'Odd \u0000 \ud800', items: odd };
  const all: Record<string, string> = { '/0': JSON.stringify(list) };
  for (let i = 1; i < MANY; i++) {
    const own = Array.from({ length: 4 + (i % 10 === 1 ? edition : 0) }, (_, n) => ({
      title: `Paper ${i} reports item ${n} of its own`,
    }));
    const shared = i % 2 === 0 ? EVENTS.map((title) => ({ title: `${title}, says paper ${i % 4}` })) : [];
    all[`/${i}`] = rss(`Paper ${i}`, [...own, ...shared]);
  }
  return all;
}

describe.skipIf(!hasPostgres)('a site with its store in PostgreSQL', { timeout: 300_000 }, () => {
  const server = usePostgres();
  let origin: FeedServer;
  const sites: TestSite[] = [];
  beforeAll(async () => {
    origin = await serveFeeds(papers(0));
  });
  afterAll(async () => {
    await origin.close();
    for (const site of sites) site.remove();
  });
  const serve = (edition: number) => {
    for (const [path, body] of Object.entries(papers(edition))) origin.pages.set(path, { body });
  };
  const siteOn = (store: string, feeds = FEW): TestSite => {
    const sources = Array.from({ length: feeds }, (_, i) => `{ id: "s${i}", url: "${origin.url}/${i}" }`);
    const site = aSite({
      sources,
      topics,
      more: ['fetch: { allowPrivateAddresses: true, spacing: 0s, perHost: 8, timeout: 60s }', store],
    });
    const config = join(site.root, 'config', 'newsloom.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^fetch: .*spacing: 0s, timeout: 60s.*\n/m, ''));
    sites.push(site);
    return site;
  };
  const onPostgres = (schema: string, feeds = FEW) =>
    siteOn(`store: { kind: postgres, url: "${server.url()}", schema: ${schema} }`, feeds);
  const command = (site: TestSite, ...argv: string[]) =>
    runNewsloom({}, ...argv, '--config', join(site.root, 'config', 'newsloom.yaml'));

  it('publishes the same bytes as one on SQLite: at first, with news, and without', async () => {
    serve(0);
    const [S, P] = [siteOn('store: { kind: sqlite }', MANY), onPostgres('same', MANY)];
    for (const [edition, now] of [
      [0, '2026-11-24T09:00:00Z'],
      [2, '2026-11-24T13:00:00Z'],
      [2, '2026-11-24T14:00:00Z'],
    ] as const) {
      serve(edition);
      const [ours, theirs] = [await P.run(now), await S.run(now)];
      expect({ ...ours.report, durationMs: 0 }).toEqual({ ...theirs.report, durationMs: 0 });
      expect(P.files()).toEqual(S.files());
    }
    expect(P.files().size).toBeGreaterThan(100);
    expect(P.json('sources/s0.json').items.map(({ id }) => id)).toHaveLength(3);
  });

  it('can be copied from SQLite and back without changes', async () => {
    serve(0);
    const [stays, moves] = [siteOn('store: { kind: sqlite }'), siteOn('store: { kind: sqlite }')];
    for (const site of [stays, moves]) await site.run('2026-11-24T09:00:00Z');
    const config = join(moves.root, 'config', 'newsloom.yaml');
    const keep = (kind: string) =>
      writeFileSync(
        config,
        readFileSync(config, 'utf8').replace(
          /^store: .*$/m,
          `store: { kind: ${kind}, url: "${server.url()}", schema: moved }`,
        ),
      );
    keep('sqlite');
    const there = await command(moves, 'store', 'copy', '--from', 'sqlite', '--to', 'postgres');
    expect([there.status, there.out]).toEqual([
      0,
      expect.stringMatching(/^\d+ rows copied .* set store.kind to postgres/),
    ]);
    keep('postgres');
    serve(1);
    for (const site of [stays, moves]) await site.run('2026-11-24T13:00:00Z');
    expect(moves.files()).toEqual(stays.files());
    const onto = await command(moves, 'store', 'copy', '--from', 'postgres', '--to', 'sqlite');
    expect([onto.status, onto.err]).toEqual([
      5,
      expect.stringMatching(/newsloom\.db is not empty.*STORE_NOT_EMPTY.*\n.*mv newsloom\.db\*/),
    ]);
    rmSync(join(moves.root, '.newsloom', 'newsloom.db'));
    expect((await command(moves, 'store', 'copy', '--from', 'postgres', '--to', 'sqlite')).status).toBe(0);
    keep('sqlite');
    serve(3);
    for (const site of [stays, moves]) await site.run('2026-11-24T17:00:00Z');
    expect(moves.files()).toEqual(stays.files());
  });

  thorough('is restored if its schema is lost, and set aside if it is damaged', async () => {
    serve(0);
    const [S, P] = [siteOn('store: { kind: sqlite }'), onPostgres('lost')];
    for (const site of [S, P]) await site.run('2026-11-24T09:00:00Z');
    rmSync(join(S.root, '.newsloom'), { recursive: true });
    const at = parsePostgresPlace({ kind: 'postgres', path: null, url: server.url(), schema: 'lost' });
    const db = await PostgresConnection.open(at, 'write');
    await db.exec('DROP SCHEMA lost CASCADE');
    const restored = await command(P, 'restore');
    expect([restored.status, restored.err]).toEqual([0, '']);
    expect(restored.out).toContain('restored from');
    for (const site of [S, P]) await site.run('2026-11-24T10:00:00Z');
    expect(P.files()).toEqual(S.files());
    await db.exec(`UPDATE meta SET value = '{' WHERE key LIKE '%' AND key NOT LIKE 'store.%'`);
    const mended = await command(P, 'build', '--now', '2026-11-24T11:00:00Z');
    expect([mended.status, mended.err]).toEqual([0, expect.stringContaining('schema lost_damaged_1')]);
    const { n } = (await db.get<{ n: number }>('SELECT count(*) AS n FROM lost_damaged_1.article'))!;
    expect(n).toBeGreaterThan(0);
    await db.close();
  });

  it('changes nothing in a dry run, and can be read while a publisher has locked it', async () => {
    serve(0);
    const P = onPostgres('dry');
    await P.run('2026-11-24T09:00:00Z');
    serve(2);
    const db = await PostgresConnection.open(
      parsePostgresPlace({ kind: 'postgres', path: null, url: server.url(), schema: 'dry' }),
      'read',
    );
    const rows = () => db.all('SELECT id, state FROM source ORDER BY id');
    const before = await rows();
    const held = await postgres.open({ kind: 'postgres', path: null, url: server.url(), schema: 'dry' }, 'write');
    const dry = await command(P, 'build', '--force', '--dry-run', '--json', '--now', '2026-11-24T13:00:00Z');
    expect(JSON.parse(dry.out).articles.added).toBe(2);
    expect(await rows()).toEqual(before);
    const status = await command(P, 'status', '--json');
    expect([status.status, JSON.parse(status.out).sources.length]).toEqual([0, FEW]);
    expect((await command(P, 'check')).status).toBe(0);
    expect((await command(P, 'build')).status).toBe(6);
    await held.close();
    await db.close();
  });

  it('exits with 5 and one line if the database is unavailable', async () => {
    const url = server.url().replace('newsloom@', 'newsloom:secret@');
    const wrong: [string, RegExp][] = [
      [url.replace(/127.0.0.1:\d+/, '127.0.0.1:1'), /cannot reach the database/],
      [url.replace(/postgres$/, 'nowhere'), /database does not exist/],
    ];
    const P = onPostgres('newer');
    await P.run('2026-11-24T09:00:00Z', { only: new Set(['s1']) });
    const db = await PostgresConnection.open(
      parsePostgresPlace({ kind: 'postgres', path: null, url: server.url(), schema: 'newer' }),
      'write',
    );
    await db.exec(`UPDATE newer.meta SET value = '999' WHERE key = 'store.schema'`);
    await db.close();
    for (const [address, says] of [...wrong, [url, /written by a newer newsloom/] as const]) {
      const config = join(P.root, 'config', 'newsloom.yaml');
      writeFileSync(
        config,
        readFileSync(config, 'utf8').replace(
          /^store: .*$/m,
          `store: { kind: postgres, url: "${address}", schema: newer }`,
        ),
      );
      for (const argv of [['build'], ['status'], ['build', '--dry-run']]) {
        const { status, out, err } = await command(P, ...argv);
        expect([argv, status, out]).toEqual([argv, 5, '']);
        expect(err).toMatch(says);
        expect(err).not.toMatch(/secret|\n.*\n/);
      }
    }
  });

  it('fails if the connection is lost, and continues in the next run', async () => {
    serve(0);
    const at = { kind: 'postgres', path: null, url: server.url(), schema: 'cut' };
    const P = onPostgres('cut');
    await P.run('2026-11-24T09:00:00Z');
    const store = await postgres.open(at, 'write');
    await server.restart();
    for (let i = 0; i < 2; i++) await expect(store.countArticles()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await store.close();
    expect((await P.run('2026-11-24T10:00:00Z')).report.articles.added).toBe(0);
  });
});
