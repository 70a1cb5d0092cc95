import { describe, expect, it } from 'vitest';
import { isInactive, updateHealth } from '../../src/politeness/health.js';
import { aState } from '../support/sources.js';

const now = new Date('2026-11-25T10:30:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe('withHealth', () => {
  it.each([
    ['ok', { failures: 0 }],
    ['degraded', { failures: 1 }],
    ['degraded', { failures: 4, lastSuccessAt: daysAgo(1) }],
    ['failing', { failures: 5, lastSuccessAt: daysAgo(1) }],
    ['dead', { failures: 5, lastSuccessAt: daysAgo(30) }],
    ['dead', { failures: 9, lastSuccessAt: null, health: 'failing' as const, healthSince: daysAgo(31) }],
    ['dead', { failures: 99, lastSuccessAt: daysAgo(1), health: 'dead' as const }],
    ['failing', { failures: 9, lastSuccessAt: null, health: 'failing' as const, healthSince: daysAgo(3) }],
    ['gone', { failures: 2, gone: 2 }],
  ])('%s: %j', (health, counters) => {
    expect(updateHealth(aState(counters), now).health).toBe(health);
  });

  it('keeps healthSince until the health changes', () => {
    const ok = aState({ health: 'ok', healthSince: daysAgo(9) });
    expect(updateHealth(ok, now).healthSince).toEqual(daysAgo(9));
    expect(updateHealth({ ...ok, failures: 1 }, now).healthSince).toEqual(now);
  });
});

describe('isSilent', () => {
  const posts = (gapDays: number, quietDays: number) => ({
    recentDates: Array.from({ length: 10 }, (_, i) => daysAgo(quietDays + i * gapDays)),
    newestArticleAt: daysAgo(quietDays),
  });
  it.each([
    ['an hourly paper, a day without news', posts(1 / 24, 1), false],
    ['an hourly paper, three days without news', posts(1 / 24, 3), true],
    ['a weekly, three weeks without news', posts(7, 21), false],
    ['a weekly, eleven weeks without news', posts(7, 77), true],
    ['too little known', { recentDates: [daysAgo(90), daysAgo(91)], newestArticleAt: daysAgo(90) }, false],
  ])('%s: %s', (_, habit, silent) => {
    expect(isInactive(habit, now)).toBe(silent);
  });
});
