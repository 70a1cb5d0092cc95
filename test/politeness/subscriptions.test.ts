import { describe, expect, it } from 'vitest';
import { decideSubscription, isPushed, isReliable } from '../../src/politeness/subscriptions.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 9) + seconds * 1_000);

describe('isPushed', () => {
  it.each([
    ['no push came', null, null, false],
    ['the push precedes the first request', 50, null, true],
    ['the push follows the last request', 50, 40, true],
    ['the push precedes the last request', 30.5, 40, false],
    ['the source was requested just now', 59.5, 55, false],
    ['the push comes during the run', 60.5, 40, false],
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
    ['has pushed the newest article', {}, at(-3_700), true],
    ['has pushed a change without an article', {}, null, true],
    ['pushed an article with a slightly later date', {}, at(-600), true],
    ['missed the newest article', {}, at(1), false],
    ['has not pushed yet', { pushedAt: null }, at(-3_700), false],
    ['has an expired lease', { leaseUntil: at(0) }, at(-3_700), false],
    ['has a lease from a clock years ahead', { leaseUntil: at(999 * DAY) }, at(-3_700), false],
    ['has not verified it', { state: 'asked' as const }, at(-3_700), false],
  ])('whose hub %s', (_, parts, newest, expected) => {
    expect(isReliable({ ...subscription, ...parts }, newest, at(0))).toBe(expected);
  });

  it.each([
    ['waits', 0, 'wait'],
    ['waits if the request is ahead of the run', 30, 'wait'],
    ['is requested again after a request in the future', 999 * DAY, 'renew'],
  ])('%s', (_, asked, expected) => {
    const known = { ...subscription, askedAt: at(asked), leaseUntil: at(asked + 10 * DAY) };
    const { hub: url, topic } = subscription;
    expect(decideSubscription(known, { url, topic }, 'https://news.example/websub/', at(0))).toBe(expected);
  });
});
