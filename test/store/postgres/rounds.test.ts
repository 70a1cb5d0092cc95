import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openQueue, openSender } from '../../../src/app/rounds/open-rounds.js';
import { FetchError } from '../../../src/model/errors.js';
import type { Bundle, RoundAnswer } from '../../../src/model/round.js';
import type { BundleQueue, BundleSender, Inbox } from '../../../src/ports/rounds.js';
import { PostgresConnection } from '../../../src/store/postgres/connection.js';
import { parsePostgresPlace } from '../../../src/store/postgres/place.js';
import { createAnswerBox } from '../../../src/store/postgres/rounds/answer-box.js';
import { createInbox, dropRounds, type OpenedRound, takeAnswers } from '../../../src/store/postgres/rounds/inbox.js';
import { roundTables } from '../../../src/store/postgres/rounds/tables.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';
import { a304, aFailure, aFresh } from '../../support/sources.js';

describe.skipIf(!hasPostgres)('rounds in PostgreSQL', () => {
  const server = usePostgres();
  let db: PostgresConnection;
  let other: PostgresConnection;
  let sender: BundleSender;
  let queue: BundleQueue;
  let inbox: Inbox;
  let opened: OpenedRound;

  beforeEach(async () => {
    const store = { kind: 'postgres', path: null, url: server.url(), schema: server.schema() };
    db = await PostgresConnection.open(parsePostgresPlace(store), 'write');
    await db.exec(`CREATE SCHEMA ${store.schema}; ${roundTables}
      CREATE TABLE source (id text PRIMARY KEY, state text);
      CREATE TABLE meta (key text PRIMARY KEY, value text)`);
    other = await PostgresConnection.open(parsePostgresPlace(store), 'write');
    const fail = (error: Error) => expect.unreachable(error.message);
    sender = await openSender(store, 9000, fail);
    queue = await openQueue(store, fail);
    opened = { n: null };
    inbox = createInbox(db, opened, sender);
  });
  afterEach(async () => {
    await Promise.all([db.close(), other.close(), sender.close(), queue.close()]);
  });

  const box = () => createAnswerBox(other);
  const bundle = (round: number, ...feeds: string[]): Bundle => ({
    v: 1,
    round,
    now: 0,
    asks: feeds.map((feed) => ({
      feeds: [feed],
      address: 'x',
      adopted: null,
      validators: null,
      bodyHash: null,
      failures: 0,
    })),
  });
  const save = (round: number, feed: string, answer: RoundAnswer) =>
    box().save(round, 'w', [{ feeds: [feed], answer }]);
  const take = (feed: string) => db.write(async () => takeAnswers(db, opened, [feed]));
  const feedsOf = (found: readonly { feed: string }[]) => found.map(({ feed }) => feed).sort();

  it('transfer every kind of answer unchanged', async () => {
    const round = await inbox.openRound();
    const body = new Uint8Array([0, 255, 1, 2]);
    const error = new FetchError('FETCH_STATUS', 'said \u0000 and \ud800', { details: { reason: 'status' } });
    const answers: Record<string, RoundAnswer> = {
      fresh: aFresh({ body, bodyHash: 'ab' }),
      same: aFresh({ body: new Uint8Array(), bodyHash: 'ab' }),
      unchanged: a304(),
      failed: aFailure(404, { error }),
      held: { kind: 'rate-limited', until: new Date(5) },
    };
    await inbox.send([bundle(round.n, ...Object.keys(answers))], 9000);
    for (const [feed, answer] of Object.entries(answers)) expect(await save(round.n, feed, answer)).toBe(true);
    const read = Object.fromEntries((await inbox.answers(round)).map(({ feed, answer }) => [feed, answer]));
    expect(read).toEqual(answers);
    expect((read.failed as { error: FetchError }).error).toMatchObject({
      code: 'FETCH_STATUS',
      details: { reason: 'status' },
    });
    expect(await inbox.answers(round)).toEqual([]);
    expect(feedsOf(await inbox.feeds(round))).toEqual(Object.keys(answers).sort());
  });

  it('hand each bundle to one worker, with its lease, and record waiting feeds', async () => {
    const round = await inbox.openRound();
    await inbox.send([bundle(round.n, 'a', 'b')], 9000);
    const taken = await queue.take();
    expect(taken).toMatchObject({ bundle: bundle(round.n, 'a', 'b'), leaseMs: 9000 });
    expect(await queue.take()).toBeNull();
    await save(round.n, 'a', a304());
    expect(await box().waiting(round.n, ['a', 'b', 'c'])).toEqual(new Set(['b']));
    await queue.done(taken!);
  });

  it('take only the first of two answers, and only once', async () => {
    const round = await inbox.openRound();
    await inbox.send([bundle(round.n, 'a')], 9000);
    await save(round.n, 'a', aFailure(404));
    await save(round.n, 'a', aFailure(500));
    expect(await inbox.answers(round)).toMatchObject([{ answer: { status: 404 } }]);
    await take('a');
    await save(round.n, 'a', aFailure(500));
    expect(await inbox.answers(round)).toEqual([]);
    expect(await inbox.feeds(round)).toEqual([{ feed: 'a', part: 'taken', reached: true, before: null }]);
  });

  it('are resumed by the next publisher with the same time, and deliver untaken answers again', async () => {
    await db.exec(`INSERT INTO source VALUES ('b', '{"recentDates": [], "sourceId": "b"}')`);
    const round = await inbox.openRound();
    await inbox.send([bundle(round.n, 'a', 'b', 'c')], 9000);
    await save(round.n, 'a', aFresh());
    await save(round.n, 'b', aFresh());
    await inbox.answers(round);
    await take('b');
    const next = createInbox(other, { n: null }, sender);
    expect(await next.openRound()).toEqual(round);
    const asked = [...(await next.feeds(round))].sort((a, b) => (a.feed < b.feed ? -1 : 1));
    expect(asked).toMatchObject([
      { feed: 'a', part: 'waiting' },
      { feed: 'b', part: 'taken', before: { sourceId: 'b' } },
      { feed: 'c', part: 'waiting' },
    ]);
    expect(feedsOf(await next.answers(round))).toEqual(['a']);
  });

  it('pass late answers to the next round, except those that depend on the earlier state', async () => {
    const first = await inbox.openRound();
    await inbox.send([bundle(first.n, 'late', 'same', 'never', 'read', 'held')], 9000);
    await save(first.n, 'read', aFailure(null));
    await inbox.answers(first);
    await inbox.closeRound(first);
    expect(await box().waiting(first.n, ['late', 'never'])).toEqual(new Set());
    expect(await save(first.n, 'late', a304())).toBe(false);
    await save(first.n, 'same', aFresh({ body: new Uint8Array(), bodyHash: 'x' }));
    await save(first.n, 'held', { kind: 'rate-limited', until: new Date(0) });
    const second = await inbox.openRound();
    expect(second.n).toBeGreaterThan(first.n);
    expect(second.now.getTime()).toBeGreaterThanOrEqual(first.now.getTime());
    expect(feedsOf(await inbox.feeds(second))).toEqual(['late']);
    await save(first.n, 'never', a304());
    expect(feedsOf(await inbox.answers(second))).toEqual(['late']);
  });

  it('are not resumed after a long time', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000;
    await db.exec(`INSERT INTO round (now) VALUES (${now - 72 * 3_600_000})`);
    await db.exec(
      `INSERT INTO answer (round, feed, kind, meta) VALUES (1, 'a', 'not-modified', '{}'), (1, 'b', NULL, NULL)`,
    );
    const round = await inbox.openRound();
    expect(round.now.getTime()).toBeGreaterThanOrEqual(now);
    expect(await db.all('SELECT n FROM round WHERE open')).toEqual([{ n: round.n }]);
    expect(await inbox.feeds(round)).toMatchObject([{ feed: 'a', part: 'waiting' }]);
  });

  it('are never dated before the last one, unless a wrong clock dated that in the future', async () => {
    const year = 365 * 86_400_000;
    const [soon, wrong] = [Math.floor(Date.now() / 1000) * 1000 + 3_600_000, Date.now() + year];
    await db.exec(`INSERT INTO round (now, open) VALUES (${soon}, false), (${wrong}, false)`);
    const round = await inbox.openRound();
    expect(round.now.getTime()).toBe(soon);
    await inbox.closeRound(round);
    await db.exec(`DELETE FROM round WHERE now = ${soon}`);
    expect((await inbox.openRound()).now.getTime()).toBeLessThan(wrong - year / 2);
  });

  it('are not resumed if a wrong clock dated them in the future', async () => {
    const wrong = Date.now() + 365 * 86_400_000;
    await db.exec(`INSERT INTO round (now) VALUES (${wrong})`);
    await db.exec("INSERT INTO answer (round, feed, kind, meta) VALUES (1, 'a', 'not-modified', '{}')");
    const round = await inbox.openRound();
    expect(round.now.getTime()).toBeLessThan(Date.now() + 60_000);
    expect(await inbox.feeds(round)).toMatchObject([{ feed: 'a', part: 'waiting' }]);
  });

  it('are dropped by a process that polls by itself', async () => {
    const round = await inbox.openRound();
    await inbox.send([bundle(round.n, 'a')], 9000);
    await dropRounds(db);
    expect(await save(round.n, 'a', a304())).toBe(false);
    const next = await inbox.openRound();
    expect(await inbox.feeds(next)).toEqual([]);
  });

  it('record and queue requests in one transaction, fifty bundles at a time', async () => {
    let sent = 0;
    const failsLater: BundleSender = {
      ...sender,
      send: (...some) => (sent++ === 0 ? sender.send(...some) : Promise.reject(new Error('no'))),
    };
    const failing = createInbox(db, opened, failsLater);
    const round = await failing.openRound();
    const feeds = Array.from({ length: 60 }, (_, i) => `f${String(i).padStart(2, '0')}`);
    const bundles = feeds.map((feed) => bundle(round.n, feed));
    await expect(failing.send(bundles, 9000)).rejects.toThrow('no');
    expect(feedsOf(await inbox.feeds(round))).toEqual(feeds.slice(0, 50));
    const taken: string[] = [];
    for (let one = await queue.take(); one !== null; one = await queue.take()) {
      taken.push(...one.bundle.asks.flatMap((ask) => ask.feeds));
    }
    expect(taken.sort()).toEqual(feeds.slice(0, 50));
  });

  it('deliver large answers in several parts', async () => {
    const round = await inbox.openRound();
    const feeds = Array.from({ length: 100 }, (_, i) => `f${String(i).padStart(3, '0')}`);
    await inbox.send([bundle(round.n, ...feeds)], 9000);
    const random = new Uint8Array(randomBytes(1_500_000)); // incompressible
    for (const feed of feeds) await save(round.n, feed, feed < 'f004' ? aFresh({ body: random }) : a304());
    const portions: number[] = [];
    for (let some = await inbox.answers(round); some.length > 0; some = await inbox.answers(round))
      portions.push(some.length);
    expect(portions.reduce((sum, count) => sum + count)).toBe(100);
    expect(portions[0]).toBeLessThan(5);
  });

  it('hand out a postponed bundle again, and list the workers', async () => {
    const round = await inbox.openRound();
    await inbox.send([bundle(round.n, 'a')], 9000);
    const worker = { name: 'w', role: 'fetch', version: '1' };
    await box().reportAlive(worker);
    expect(await box().status()).toMatchObject({
      workers: [worker],
      round: { n: round.n, open: true, asked: 1, answered: 0 },
    });
    await box().reportEnded(worker);
    expect((await box().status()).workers).toEqual([]);
    await queue.postpone((await queue.take())!, 2_000);
    expect(await queue.take()).toBeNull();
    await expect.poll(() => queue.take()).toMatchObject({ leaseMs: 9000, bundle: { round: round.n } });
  });

  it('close their connections if the queue does not exist yet', async () => {
    const at = { kind: 'postgres', path: null, url: server.url(), schema: 'nowhere' };
    await expect(openQueue(at, () => {})).rejects.toThrow('does not exist yet');
    const open = "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'pgboss'";
    await queue.close();
    await sender.close();
    await expect.poll(() => db.get(open)).toEqual({ n: 0 });
  });
});
