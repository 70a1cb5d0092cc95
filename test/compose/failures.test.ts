import { describe, expect, it } from 'vitest';
import { composeFailures } from '../../src/compose/failures.js';
import type { SourceStatus } from '../../src/model/page.js';
import { Newsroom } from '../support/newsroom.js';

const { settings } = new Newsroom();

function aStatus(id: string, parts: Partial<SourceStatus>): SourceStatus {
  return { id, title: `The ${id}`, state: 'ok', since: null, newestArticleAt: null, error: null, ...parts };
}

const since = (day: number) => new Date(`2026-11-${day}T08:00:00Z`);
const error = { code: 'FETCH_TIMEOUT', message: 'did not answer in time' };

describe('the feed of failing sources', () => {
  it('lists sources that need attention, the newest failure first', () => {
    const { entries, updatedAt } = composeFailures(settings, [
      aStatus('well', { since: since(25) }),
      aStatus('shaky', { state: 'degraded', since: since(24), error }),
      aStatus('old', { state: 'gone', since: since(10), error: { code: 'FETCH_STATUS', message: 'answered 410' } }),
      aStatus('late', { state: 'failing', since: since(20), error }),
    ]);
    expect(entries.map(({ title, summary }) => [title, summary])).toEqual([
      ['The late fails repeatedly', 'The late (late): did not answer in time (FETCH_TIMEOUT)'],
      ['The old is permanently gone', 'The old (old): answered 410 (FETCH_STATUS)'],
    ]);
    expect(entries.map(({ publishedAt }) => publishedAt)).toEqual([since(20), since(10)]);
    expect(updatedAt).toEqual(since(25));
  });

  it('has one id per period of failure, independent of the last error', () => {
    const ids = [
      aStatus('a', { state: 'failing', since: since(20), error }),
      aStatus('a', { state: 'failing', since: since(20), error: { code: 'FETCH_DNS', message: 'no such host' } }),
      aStatus('a', { state: 'failing', since: since(22), error }),
    ].map((status) => composeFailures(settings, [status]).entries[0]?.id);
    expect(ids[0]).toMatch(/^https:\/\/news\.example\.org\/feeds\/failures#a-failing-\d+$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});
