import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/model/errors.js';
import type { FetchState } from '../../src/model/source.js';
import {
  applyFailure,
  applyFresh,
  applyNotModified,
  createHostHold,
  type ReadFacts,
} from '../../src/politeness/after-fetch.js';
import { decideRequest } from '../../src/politeness/decide-request.js';
import { aDocument, aDraft } from '../support/a-draft.js';
import { a304, aFailure, aFresh, aSource, aState } from '../support/sources.js';

const now = new Date('2026-11-25T10:30:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const source = aSource();
const validators = { url: source.url, etag: '"a"', lastModified: 'some day' };
const known = (parts: Partial<FetchState> = {}) =>
  aState({
    lastAttemptAt: at(-60),
    lastSuccessAt: at(-60),
    nextAttemptAt: now,
    validators,
    bodyHash: 'hash',
    health: 'ok',
    healthSince: at(-600),
    ...parts,
  });
const read = (parts: Partial<ReadFacts> = {}): ReadFacts => ({
  document: aDocument([aDraft({ date: '2026-11-25T08:00:00Z' }), aDraft({ date: '2026-11-24T08:00:00Z' })]),
  bodyHash: 'new hash',
  added: 1,
  items: 'known',
  ...parts,
});
const minutesTo = (date: Date | null) => (date!.getTime() - now.getTime()) / 60_000;

describe('afterFresh', () => {
  it('replaces all validators and the profile (RFC 9111 3.2)', () => {
    const given = { url: source.url, etag: '"b"', lastModified: null };
    const document = aDocument([aDraft({ date: '2026-11-25T08:00:00Z' })], {
      ttlMinutes: 90,
      updateEveryMinutes: 120,
      skipHours: [1],
      skipDays: ['Sunday'],
    });
    const state = applyFresh(
      known(),
      source,
      aFresh({ validators: given, headers: { 'cache-control': 'max-age=600' } }),
      read({ document }),
      now,
    );
    expect(state).toMatchObject({
      validators: given,
      bodyHash: 'new hash',
      askedMinutes: 120,
      documentMinutes: 120,
      skipHours: [1],
      skipDays: ['Sunday'],
      lastAttemptAt: now,
      lastSuccessAt: now,
      nextAttemptAt: at(120),
      profile: document.profile,
      newestArticleAt: new Date('2026-11-25T08:00:00Z'),
    });
  });

  it('keeps the validators of a truncated document only if it comes twice', () => {
    const given = { url: source.url, etag: '"b"', lastModified: null };
    const answer = aFresh({ validators: given });
    const cut = applyFresh(
      known(),
      source,
      answer,
      read({ document: aDocument([aDraft()], { complete: false }) }),
      now,
    );
    expect(cut).toMatchObject({ validators, bodyHash: 'new hash' });
    expect(applyNotModified(cut, source, answer, now).validators).toEqual(given);
  });

  it('resets failures', () => {
    const state = applyFresh(
      known({ failures: 6, gone: 1, blocked: 2, health: 'failing', error: { code: 'X', message: 'x', status: 500 } }),
      source,
      aFresh(),
      read(),
      now,
    );
    expect(state).toMatchObject({ failures: 0, gone: 0, blocked: 0, error: null, health: 'ok', healthSince: now });
  });

  it('dates a document without dates by when it had new articles', () => {
    const undated = aDocument([aDraft({ date: null })]);
    const first = applyFresh(null, source, aFresh(), read({ document: undated, added: 1 }), at(-600));
    const same = applyFresh(first, source, aFresh(), read({ document: undated, added: 0 }), at(-300));
    const next = applyFresh(same, source, aFresh(), read({ document: undated, added: 1 }), now);
    expect(next).toMatchObject({ recentDates: [now, at(-600)], newestArticleAt: now, oldestItemAt: null });
    expect(minutesTo(next.nextAttemptAt)).toBe(300);
  });

  it('ignores dates in the future', () => {
    const document = aDocument([aDraft({ date: '2036-01-01T00:00:00Z' }), aDraft({ date: '2026-11-25T08:00:00Z' })]);
    expect(applyFresh(null, source, aFresh(), read({ document }), now).newestArticleAt).toEqual(
      new Date('2026-11-25T08:00:00Z'),
    );
  });

  it('adopts a permanent redirect after ten equal answers over a week', () => {
    const hops = [{ status: 301, from: source.url, to: 'https://new.example/feed' }];
    const answer = aFresh({ hops, finalUrl: 'https://new.example/feed' });
    let state: FetchState | null = null;
    for (let day = 0; day < 9; day++) state = applyFresh(state, source, answer, read(), at(day * 1440));
    expect(state).toMatchObject({ adoptedUrl: null, redirect: { target: 'https://new.example/feed', answers: 9 } });
    state = applyFresh(state, source, answer, read(), at(9 * 1440));
    expect(state).toMatchObject({ adoptedUrl: 'https://new.example/feed', redirect: null });
  });
});

describe('afterNotModified', () => {
  it('updates the validators that a 304 sends and keeps the rest (RFC 9111 4.3.4)', () => {
    const given = { url: source.url, etag: '"b"', lastModified: null };
    expect(applyNotModified(known(), source, a304({ validators: given }), now)).toMatchObject({
      validators: { url: source.url, etag: '"b"', lastModified: 'some day' },
      bodyHash: 'hash',
      lastSuccessAt: now,
    });
  });

  it('replaces all validators after a 200 with the same body', () => {
    const given = { url: source.url, etag: '"b"', lastModified: null };
    expect(applyNotModified(known(), source, aFresh({ validators: given }), now).validators).toEqual(given);
  });

  it.each([
    ['says nothing: as before', {}, 240],
    ['says less: the document still counts', { 'cache-control': 'max-age=60' }, 90],
    ['says more', { 'cache-control': 'max-age=18000' }, 300],
    ['takes it back', { 'cache-control': 'no-cache' }, 90],
  ])('a 304 that %s', (_, headers, minutes) => {
    const state = known({ askedMinutes: 240, documentMinutes: 90 });
    expect(applyNotModified(state, source, a304({ headers }), now).askedMinutes).toBe(minutes);
  });
});

describe('afterFailure', () => {
  it('keeps validators and body, counts, and backs off with a ceiling of about a day', () => {
    let state: FetchState | null = known();
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      state = applyFailure(state, source, aFailure(500), now).state;
      waits.push(minutesTo(state.nextAttemptAt));
    }
    expect(state).toMatchObject({
      validators,
      bodyHash: 'hash',
      failures: 8,
      health: 'failing',
      error: { code: 'FETCH_STATUS', status: 500 },
    });
    for (const [i, wait] of waits.entries()) {
      const plain = Math.min(60 * 2 ** (i + 1), 1440);
      expect(wait).toBeGreaterThanOrEqual(plain * 0.8);
      expect(wait).toBeLessThanOrEqual(plain * 1.2 + 1 / 60);
    }
  });

  it('skips a source for a day after a parse timeout', () => {
    const error = new ParseError('PARSE_TIMEOUT', 'reading the document took longer than 10 s');
    expect(applyFailure(known(), source, { ...aFresh(), error }, now).state.nextAttemptAt).toEqual(at(1440));
  });

  it('does not keep the validators of an unreadable body', () => {
    const error = new ParseError('PARSE_UNRECOGNIZED', 'is a web page');
    const { state } = applyFailure(known(), source, { ...aFresh({ headers: { etag: '"bad"' } }), error }, now);
    expect(state).toMatchObject({
      validators,
      bodyHash: 'hash',
      failures: 1,
      error: { code: 'PARSE_UNRECOGNIZED', status: 200 },
    });
  });

  it.each([
    [429, { 'retry-after': '18000' }, 300, 300],
    [503, { 'retry-after': '18000' }, 300, 300],
    [429, { 'retry-after': '1' }, null, 1 / 60],
    [429, {}, null, 60],
    [503, {}, null, null],
    [500, { 'retry-after': '18000' }, 300, null],
    [429, { 'retry-after': '315360000' }, 1440, 1440],
  ])('%i %j: the source waits %s min, its host %s min', (status, headers, wait, host) => {
    const result = applyFailure(known(), source, aFailure(status, { headers }), now);
    const minutes = minutesTo(result.state.nextAttemptAt);
    if (wait !== null) expect(minutes).toBe(wait);
    else expect(minutes).toBeGreaterThanOrEqual(96);
    expect(result.host === null ? null : minutesTo(result.host.notBefore)).toBe(host);
    if (result.host !== null) expect(result.host.host).toBe('paper.example');
  });

  it.each(['https://feeds.example/paper', 'https://busy.vercel.app/'])(
    'holds the redirected source alone where the redirect led to another host: %s',
    (finalUrl) => {
      const answer = aFailure(429, { finalUrl, headers: { 'retry-after': '600' } });
      const { host } = applyFailure(known(), source, answer, now);
      const hosts = new Map([[host!.host, host!]]);
      const decide = (one: typeof source) => decideRequest(null, one, hosts, now, { force: true, runEvery: null });
      expect(decide(source)).toMatchObject({ kind: 'wait', until: at(10) });
      expect(decide({ ...source, id: 'neighbour' }).kind).toBe('ask');
      expect(decide({ ...source, id: 'victim', url: finalUrl }).kind).toBe('ask');
    },
  );

  it('holds only the redirected source, even after adopting the redirect', () => {
    const adopted = known({ adoptedUrl: 'https://feeds.example/paper' });
    const answer = aFailure(429, { finalUrl: 'https://feeds.example/paper' });
    expect(applyFailure(adopted, source, answer, now).host?.host).not.toBe('feeds.example');
  });

  it('treats the second 403 of a known limiter as a 429', () => {
    const answer = aFailure(403, { headers: { server: 'cloudflare' } });
    const first = applyFailure(known(), source, answer, now);
    const second = applyFailure(first.state, source, answer, at(200));
    expect([first.host, second.host?.notBefore]).toEqual([null, at(260)]);
    expect(createHostHold(source, aFailure(403), 9, now)).toBeNull();
  });

  it('calls a source gone after two 410s, and requests it once a week', () => {
    const first = applyFailure(known(), source, aFailure(410), now).state;
    expect(first).toMatchObject({ gone: 1, health: 'degraded' });
    const second = applyFailure(first, source, aFailure(410), now).state;
    expect(second).toMatchObject({ gone: 2, health: 'gone', nextAttemptAt: at(7 * 1440) });
    expect(applyFresh(second, source, aFresh(), read(), at(8 * 1440)).health).toBe('ok');
    expect(applyFailure(first, source, aFailure(500), now).state.gone).toBe(0);
  });

  it('calls a source dead after thirty days without success', () => {
    const state = known({ failures: 40, health: 'failing', lastSuccessAt: at(-30 * 1440) });
    expect(applyFailure(state, source, aFailure(null), now).state).toMatchObject({
      health: 'dead',
      nextAttemptAt: at(7 * 1440),
    });
  });

  it('drops a failing adopted address for the configured one', () => {
    let state: FetchState = known({ adoptedUrl: 'https://new.example/feed' });
    for (const expected of ['https://new.example/feed', 'https://new.example/feed', null]) {
      state = applyFailure(state, source, aFailure(404), now).state;
      expect(state.adoptedUrl).toBe(expected);
    }
  });

  it('tries a file again in the next run', () => {
    const own = aSource({ url: 'file:///srv/feed.xml' });
    expect(applyFailure(null, own, aFailure(null, { finalUrl: own.url }), now).state.nextAttemptAt).toEqual(
      new Date(now.getTime() + 1000),
    );
  });

  it('always sets an attempt later than now', () => {
    for (const status of [null, 400, 401, 403, 404, 410, 429, 451, 500, 503]) {
      for (const state of [null, known(), known({ health: 'dead', failures: 99 })]) {
        expect(minutesTo(applyFailure(state, source, aFailure(status), now).state.nextAttemptAt)).toBeGreaterThan(0);
      }
    }
  });
});
