import { describe, expect, it } from 'vitest';
import { selectBatch } from '../../src/announce/batch.js';
import { readOutcome, readRetryAfterSeconds, toFailureOutcome } from '../../src/announce/outcome.js';
import { getMinuteOfDay, isQuietHour } from '../../src/announce/quiet.js';
import { fillTemplate, fitParts, neutralisePart, renderPlainMessage } from '../../src/announce/text.js';
import { parseQuietHours } from '../../src/config/quantities.js';
import { findMinutesAhead } from '../../src/pipeline/publish/pages/zone-offsets.js';

describe('batchOf', () => {
  it.each([
    [[1, 2], 5, [1, 2], []],
    [[1, 2, 3], 3, [1, 2, 3], []],
    [[1, 2, 3, 4], 3, [3, 4], [1, 2]],
    [[1, 2], 1, [], [1, 2]],
    [[], 1, [], []],
  ])('%j at most %d', (waiting, atMost, single, more) => {
    const toRow = (n: number) => ({ n, sourceId: `paper-${n}`, publishedAt: new Date(n * 60_000) });
    expect(selectBatch(waiting.map(toRow), atMost)).toEqual({ single: single.map(toRow), more: more.map(toRow) });
  });

  it('lets no source take more than a third of the messages', () => {
    const row = (sourceId: string, minute: number) => ({ sourceId, publishedAt: new Date(minute * 60_000) });
    const loud = Array.from({ length: 60 }, (_, minute) => row('loud', minute));
    const quiet = ['a', 'b', 'c', 'd'].map((id, n) => row(id, n));
    const waiting = [...loud, ...quiet].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
    const { single, more } = selectBatch(waiting, 7);
    expect(single.map(({ sourceId }) => sourceId)).toEqual(['a', 'b', 'c', 'd', 'loud', 'loud']);
    expect(more).toHaveLength(58);
  });
});

describe('outcomeOf', () => {
  it.each([
    [200, 'sent'],
    [204, 'sent'],
    [301, 'later'],
    [400, 'refused'],
    [401, 'later'],
    [404, 'later'],
    [413, 'refused'],
    [422, 'refused'],
    [429, 'later'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'later'],
    [504, 'unknown'],
  ])('%d: %s', (status, kind) => {
    expect(readOutcome({ status, body: '' }, { answersJson: false }).kind).toBe(kind);
  });

  it.each([
    ['{"id":"1"}', 'sent'],
    ['\n {"ok":true}', 'sent'],
    ['<!doctype html><title>Welcome</title>', 'unknown'],
    ['', 'unknown'],
  ])('200 of a service that answers JSON, with %j: %s', (body, kind) => {
    expect(readOutcome({ status: 200, body }, { answersJson: true }).kind).toBe(kind);
  });

  it.each([
    ['FETCH_DNS', 'dns', 'later'],
    ['FETCH_TLS', 'expired', 'later'],
    ['FETCH_FORBIDDEN', 'address', 'later'],
    ['FETCH_NETWORK', 'refused', 'later'],
    ['FETCH_TIMEOUT', 'connect', 'later'],
    ['FETCH_TIMEOUT', 'total', 'unknown'],
    ['FETCH_TIMEOUT', 'headers', 'unknown'],
    ['FETCH_NETWORK', 'reset', 'unknown'],
    ['FETCH_NETWORK', 'unknown', 'unknown'],
  ])('%s (%s): %s', (code, reason, kind) => {
    expect(toFailureOutcome(code, reason).kind).toBe(kind);
  });

  it('reads the wait time from responses of Telegram and Discord', () => {
    expect(readRetryAfterSeconds('{"ok":false,"error_code":429,"parameters":{"retry_after":35}}')).toBe(35);
    expect(readRetryAfterSeconds('{"message":"You are being rate limited.","retry_after":0.64,"global":false}')).toBe(
      0.64,
    );
    expect(readRetryAfterSeconds('slow down')).toBeNull();
  });
});

describe('quiet hours', () => {
  it.each([
    ['22-07', 1320, 420],
    ['9:05-09:20', 545, 560],
    ['0-24', 0, 1440],
    ['7-7', null, null],
    ['24:30-3', null, null],
    ['25-3', null, null],
    ['night', null, null],
  ])('%s', (text, from, to) => {
    expect(parseQuietHours(text)).toEqual(from === null ? null : { from, to });
  });

  it.each([
    [1320, 420, '21:59', false],
    [1320, 420, '22:00', true],
    [1320, 420, '06:59', true],
    [1320, 420, '07:00', false],
    [540, 720, '08:59', false],
    [540, 720, '11:59', true],
    [540, 720, '12:00', false],
  ])('from %d to %d at %s: %s', (from, to, time, quiet) => {
    expect(isQuietHour({ from, to }, getMinuteOfDay(new Date(`2026-11-24T${time}:00Z`), 0))).toBe(quiet);
  });

  it.each([
    ['Europe/Kyiv', '2026-11-24T19:59:00Z', false],
    ['Europe/Kyiv', '2026-11-24T20:00:00Z', true],
    ['Europe/Kyiv', '2026-07-24T19:00:00Z', true],
    ['America/New_York', '2026-11-25T02:59:00Z', false],
    ['America/New_York', '2026-11-25T03:00:00Z', true],
    ['UTC', '2026-11-24T22:00:00Z', true],
  ])('are those of %s: at %s %s', (zone, iso, quiet) => {
    const now = new Date(iso);
    expect(isQuietHour({ from: 1320, to: 420 }, getMinuteOfDay(now, findMinutesAhead(zone, now)))).toBe(quiet);
  });
});

const inert = (value: string) => neutralisePart({ kind: 'title', value });

describe('texts', () => {
  const values = {
    title: 'A\n  headline',
    publication: 'Paper',
    summary: '',
    section: 'S',
    topics: '',
    url: 'https://a.example/',
  };

  it('are filled in on one line, and keep the literal text', () => {
    expect(renderPlainMessage(fillTemplate('*{title}* ({publication}) {url}!', values))).toBe(
      '*A headline* (Paper) https://a.example/!',
    );
  });

  it('lose the summary first, then part of the headline, and never the URL', () => {
    const parts = fillTemplate('{title}: {summary} {url}', {
      ...values,
      title: 'x'.repeat(40),
      summary: 'y'.repeat(40),
    });
    const text = (limit: number) => renderPlainMessage(fitParts(parts, limit, ({ value }) => value.length));
    expect(text(90)).toBe(`${'x'.repeat(40)}: ${'y'.repeat(28)}… https://a.example/`);
    expect(text(40)).toBe(`${'x'.repeat(18)}…:  https://a.example/`);
    expect(text(5)).toBe(':  https://a.example/');
  });

  it('look unchanged but contain no links or mentions', () => {
    expect(inert('3.5 per cent, U.S., e.g. Mr. Smith, and/or 24/7, 10:30')).toBe(
      '3.5 per cent, U.S., e.g. Mr. Smith, and/or 24/7, 10:30',
    );
    expect(inert('mail a@b.org')).toBe('mail a@\u2060b.\u2060org');
  });
});
