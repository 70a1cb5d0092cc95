import { describe, expect, it } from 'vitest';
import { isPushed } from '../../src/politeness/subscriptions.js';

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
