import { describe, expect, it } from 'vitest';
import { formatNewsLine, formatOutputs, formatStepSummary } from '../../src/cli/run-outputs.js';
import type { BuildReport } from '../../src/model/report.js';

function aReport(articles: Partial<BuildReport['articles']> = {}, more: Partial<BuildReport> = {}): BuildReport {
  return {
    startedAt: '2026-11-24T09:07:00Z',
    durationMs: 1,
    changed: true,
    sources: { total: 3, fetched: 1, notModified: 1, notDue: 0, failed: 1 },
    articles: { added: 0, dropped: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0, total: 9, ...articles },
    stories: { total: 4, multiSource: 2 },
    files: { written: 6, unchanged: 1, removed: 0, bytes: 10 },
    failures: [],
    warnings: [],
    ...more,
  };
}

function failure(sourceId: string, code: string, message: string) {
  return { sourceId, code, message, failures: 2, nextAttemptAt: '2026-11-24T10:07:00.000Z' };
}

describe('newsLine', () => {
  it.each([
    ['3 new, 1 corrected: Politics, Health', aReport({ added: 3, updated: 1 }), ['Politics', 'Health']],
    ['1 withdrawn', aReport({ withdrawn: 1 }), []],
    ['2 new: A, B, C, D and 2 more', aReport({ added: 2 }), ['A', 'B', 'C', 'D', 'E', 'F']],
    ['No new articles, 6 files written, 0 removed', aReport(), ['A']],
    ['No news', aReport({}, { changed: false }), []],
  ])('%s', (line, report, topics) => {
    expect(formatNewsLine(report, topics)).toBe(line);
  });
});

describe('outputLines', () => {
  it('has the values that later steps of a workflow use', () => {
    expect(formatOutputs(aReport({ added: 3 }))).toBe('changed=true\nadded=3\nfailures=1\n');
  });
});

describe('stepSummary', () => {
  it('has the table of the run, and lists blocked sources separately', () => {
    const text = formatStepSummary(
      aReport(
        { added: 3 },
        { failures: [failure('a', 'FETCH_BLOCKED', 'blocked (403)'), failure('b', 'FETCH_TIMEOUT', 'no answer')] },
      ),
      '3 new',
    );
    expect(text).toContain('### 3 new\n');
    expect(text).toContain('| articles | 3 new, 9 in total |\n');
    expect(text).toMatch(/#### Blocked[\s\S]*\| a \|[\s\S]*#### Not readable[\s\S]*\| b \|/);
  });

  it('escapes markup in error messages of servers', () => {
    const bad = 'x | y\n## <img src=x> [a](b) `c` @everyone';
    const text = formatStepSummary(
      aReport({}, { failures: [failure('a', 'FETCH_STATUS', bad)], warnings: [{ sourceId: 'a', message: bad }] }),
      'No news',
    );
    expect(text).not.toMatch(/<img|\[a\]|`|@everyone|^## /m);
    for (const row of text.split('\n').filter((line) => line.startsWith('| a |')))
      expect(row.split('|')).toHaveLength(6);
  });
});
