import { describe, expect, it } from 'vitest';
import { type DecisionOptions, decideRequest, resolveState } from '../../src/politeness/decide-request.js';
import { aSource, aState } from '../support/sources.js';

const now = new Date('2026-11-25T10:30:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const gently: DecisionOptions = { force: false, runEvery: null };
const nobody = new Map();
const validators = { url: 'https://paper.example/feed', etag: '"a"', lastModified: null };
const asked = (parts = {}) =>
  aState({
    lastAttemptAt: at(-90),
    lastSuccessAt: at(-90),
    nextAttemptAt: at(-30),
    validators,
    bodyHash: 'hash',
    ...parts,
  });
const hold = (host: string, minutes: number) => new Map([[host, { host, notBefore: at(minutes) }]]);

describe('decideRequest', () => {
  it('requests a new source at once, unconditionally', () => {
    expect(decideRequest(null, aSource({ headers: { 'X-Key': 'k' } }), nobody, now, gently)).toEqual({
      kind: 'ask',
      request: {
        url: 'https://paper.example/feed',
        validators: null,
        headers: { 'X-Key': 'k' },
        proxy: null,
        allowPrivateAddresses: false,
      },
      bodyHash: null,
    });
  });

  it('requests a due source with its validators', () => {
    expect(decideRequest(asked(), aSource(), nobody, now, gently)).toMatchObject({
      kind: 'ask',
      request: { validators },
    });
  });

  it('sends no validators before a body was read', () => {
    expect(decideRequest(asked({ bodyHash: null }), aSource(), nobody, now, gently)).toMatchObject({
      request: { validators: null },
    });
  });

  it('waits until it is due', () => {
    const state = asked({ lastAttemptAt: at(-30) });
    expect(decideRequest(state, aSource(), nobody, now, gently)).toEqual({
      kind: 'wait',
      until: at(28.8),
      why: 'not-due',
    });
  });

  it('requests a source whose last attempt is in the future: the clock was set back', () => {
    const jumped = asked({ lastAttemptAt: at(1440), nextAttemptAt: at(1500) });
    expect(decideRequest(jumped, aSource(), nobody, now, gently)).toMatchObject({
      kind: 'ask',
      request: { validators },
    });
    const failed = asked({ lastAttemptAt: at(1440), nextAttemptAt: at(2880), failures: 2 });
    expect(decideRequest(failed, aSource(), nobody, now, gently)).toMatchObject({ kind: 'ask' });
    expect(decideRequest(failed, aSource(), hold('paper.example', 60), now, gently)).toMatchObject({ why: 'host' });
    const corrected = asked({ lastAttemptAt: at(2), nextAttemptAt: at(62) });
    expect(decideRequest(corrected, aSource(), nobody, now, gently)).toMatchObject({ kind: 'wait', why: 'not-due' });
  });

  it('backs off after a restart, too', () => {
    const state = asked({ failures: 1, nextAttemptAt: at(45) });
    expect(decideRequest(state, aSource(), nobody, now, gently)).toEqual({
      kind: 'wait',
      until: at(45),
      why: 'not-due',
    });
  });

  it('waits out skipped hours and days', () => {
    const state = asked({ skipHours: [10, 11] });
    expect(decideRequest(state, aSource(), nobody, now, gently)).toEqual({
      kind: 'wait',
      until: at(90),
      why: 'skipped',
    });
    const sleepy = asked({ skipDays: ['Wednesday'] });
    expect(decideRequest(sleepy, aSource(), nobody, now, gently)).toMatchObject({
      kind: 'wait',
      until: new Date('2026-11-26T00:00:00Z'),
    });
  });

  it('waits for the Retry-After of a host with all its sources', () => {
    expect(decideRequest(null, aSource(), hold('paper.example', 60), now, gently)).toEqual({
      kind: 'wait',
      until: at(60),
      why: 'host',
    });
    expect(decideRequest(null, aSource(), hold('paper.example', -1), now, gently)).toMatchObject({ kind: 'ask' });
    expect(
      decideRequest(null, aSource({ url: 'https://ann.substack.com/feed' }), hold('substack.com', 60), now, gently)
        .kind,
    ).toBe('wait');
  });

  it('waits for the Retry-After of a redirect target', () => {
    const state = asked({ validators: { ...validators, url: 'https://feeds.example/paper' } });
    expect(decideRequest(state, aSource(), hold('feeds.example', 60), now, gently)).toMatchObject({
      kind: 'wait',
      why: 'host',
    });
  });

  it('obeys force, except during Retry-After; the request stays conditional', () => {
    const force = { ...gently, force: true };
    const state = asked({ failures: 3, nextAttemptAt: at(600), skipHours: [10] });
    expect(decideRequest(state, aSource(), nobody, now, force)).toMatchObject({ kind: 'ask', request: { validators } });
    expect(decideRequest(state, aSource(), hold('paper.example', 5), now, force)).toMatchObject({
      kind: 'wait',
      why: 'host',
    });
  });

  it('requests an adopted address, and sends headers only to the configured origin', () => {
    const source = aSource({ headers: { 'X-Key': 'k' } });
    const moved = asked({ adoptedUrl: 'https://new.example/feed' });
    expect(decideRequest(moved, source, nobody, now, gently)).toMatchObject({
      request: { url: 'https://new.example/feed', headers: {} },
    });
    const near = asked({ adoptedUrl: 'https://paper.example/new' });
    expect(decideRequest(near, source, nobody, now, gently)).toMatchObject({ request: { headers: { 'X-Key': 'k' } } });
  });
});

describe('currentState', () => {
  it('is reset if the configured address changes', () => {
    const state = asked({ failures: 4 });
    expect(resolveState(state, aSource())).toBe(state);
    expect(resolveState(state, aSource({ url: 'https://paper.example/other' }))).toMatchObject({
      configuredUrl: 'https://paper.example/other',
      validators: null,
      failures: 0,
      health: 'new',
    });
  });
});
