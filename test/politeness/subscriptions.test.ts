import { describe, expect, it } from 'vitest';
import { holds, isPushed, subscriptionStep } from '../../src/politeness/subscriptions.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 9) + seconds * 1_000);

describe('isPushed', () => {
  it.each([
    ['nothing was told', null, null, false],
    ['it was told before the source was first asked', 50, null, true],
    ['it was told since the source was asked', 50, 40, true],
    ['it was told before the source was asked', 30.5, 40, false],
    ['the source was asked just now', 59.5, 55, false],
    ['it is told while the run is under way', 60.5, 40, false],
  ])('in a run that began after sixty seconds: %s', (_, pushed, asked, expected) => {
    const subscription = { pushedAt: pushed === null ? null : at(pushed) };
    expect(isPushed(subscription, { lastAttemptAt: asked === null ? null : at(asked) }, at(60))).toBe(expected);
  });
});

describe('a subscription', () => {
  const DAY = 86_400;
  const subscription = {
    token: 't',
    feedId: 'a',
    hub: 'https://hub.example/',
    topic: 'https://a.example/feed',
    callback: 'https://news.example/websub/t',
    secret: 's',
    state: 'active' as const,
    askedAt: at(-DAY),
    failures: 0,
    leaseUntil: at(9 * DAY),
    pushedAt: at(-3_600),
  };

  it.each([
    ['has told of the newest article', {}, at(-3_700), true],
    ['has told of a change that was no article', {}, null, true],
    ['told of an article that is dated a little later', {}, at(-600), true],
    ['did not tell of the newest', {}, at(1), false],
    ['has told nothing yet', { pushedAt: null }, at(-3_700), false],
    ['has ended its lease', { leaseUntil: at(0) }, at(-3_700), false],
    ['gave its lease under a clock that was years ahead', { leaseUntil: at(999 * DAY) }, at(-3_700), false],
    ['has not verified it', { state: 'asked' as const }, at(-3_700), false],
  ])('whose hub %s', (_, parts, newest, expected) => {
    expect(holds({ ...subscription, ...parts }, newest, at(0))).toBe(expected);
  });

  it.each([
    ['is waited for', 0, 'wait'],
    ['is waited for where the port is ahead of the run', 30, 'wait'],
    ['is asked for anew where it was asked for in the future', 999 * DAY, 'renew'],
  ])('%s', (_, asked, expected) => {
    const known = { ...subscription, askedAt: at(asked), leaseUntil: at(asked + 10 * DAY) };
    const { hub: url, topic } = subscription;
    expect(subscriptionStep(known, { url, topic }, 'https://news.example/websub/', at(0))).toBe(expected);
  });
});
