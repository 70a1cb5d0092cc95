/** Keeps subscriptions at the hubs that sources name: asks for them, renews them, ends them. */
import { randomBytes } from 'node:crypto';
import { NewsloomError } from '../../model/errors.js';
import type { Subscription } from '../../model/outgoing/subscription.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceHub } from '../../model/source.js';
import { feedIdOf, feedsOf } from '../../model/source-feeds.js';
import { currentState } from '../../politeness/decide-request.js';
import { LEASE_SECONDS, type SubscriptionStep, subscriptionStep } from '../../politeness/subscriptions.js';
import type { Clock } from '../../ports/clock.js';
import type { Poster } from '../../ports/fetcher.js';
import type { Store } from '../../ports/store/store.js';

/** Below the worker's public address. */
export const CALLBACKS = 'websub/';
/** Hubs are asked one after the other, a few in each run: none of it is urgent. */
const MOST_ASKED = 20;
/** Milliseconds after which no further hub is asked in a run: pushes wait for its end. */
const ASKING = 10_000;
/** Milliseconds for which a hub may verify that we left. */
const LEAVING = 86_400_000;

export interface SubscribeDeps {
  readonly store: Store;
  readonly settings: Pick<Settings, 'sources' | 'worker'>;
  readonly poster: Poster;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly now: Date;
}

/** Resolves with a warning for each hub that did not take a request. */
export async function renewSubscriptions(deps: SubscribeDeps, signal: AbortSignal): Promise<readonly string[]> {
  const { settings, store, now } = deps;
  const known = await store.subscriptions();
  for (const { token, state, askedAt } of known)
    if (state === 'left' && now.getTime() - askedAt.getTime() > LEAVING) await store.forgetSubscription(token);
  const warnings: string[] = [];
  const silent = new Set<string>();
  const began = deps.clock.elapsed();
  let most = MOST_ASKED;
  for (const step of await stepsOf(deps, known)) {
    signal.throwIfAborted();
    const next = afterStep(step, settings, now);
    if (silent.has(next.hub)) {
      // What is asked of it would wait for it once more.
      await store.saveSubscription({ ...next, failures: next.failures + 1 });
      continue;
    }
    if (most === 0 || deps.clock.elapsed() - began >= ASKING) continue;
    most -= 1;
    // Saved first: the hub may verify before it answers.
    await store.saveSubscription(next);
    const failure = await askHub(next, step.source?.allowPrivateAddresses ?? false, deps.poster, signal);
    if (failure === null) continue;
    if (failure.isSilent) silent.add(next.hub);
    const current = (await store.subscriptions()).find(({ token }) => token === next.token) ?? next;
    await store.saveSubscription({ ...current, failures: current.failures + 1 });
    if (step.step !== 'leave') warnings.push(`${next.feedId}: its hub${failure.why}`);
  }
  return warnings;
}

function afterStep({ one, source, hub, step }: Step, settings: Pick<Settings, 'worker'>, now: Date): Subscription {
  if (step === 'leave') return left(one!, now);
  return asked(one, { hub: hub!, feedId: feedIdOf(source!), base: baseOf(settings)!, now });
}

interface Step {
  readonly one: Subscription | null;
  /** null: it left the config. */
  readonly source: Source | null;
  readonly hub: SourceHub | null;
  readonly step: Exclude<SubscriptionStep, 'wait'>;
}

async function stepsOf({ settings, store, now }: SubscribeDeps, known: readonly Subscription[]): Promise<Step[]> {
  const base = baseOf(settings);
  const states = await store.fetchStates();
  const current = new Map(known.flatMap((one) => (one.state === 'left' ? [] : [[one.feedId, one]])));
  const feeds = new Map(settings.sources.flatMap(feedsOf).map((source) => [feedIdOf(source), source]));
  const steps: Step[] = [];
  for (const id of new Set([...feeds.keys(), ...current.keys()])) {
    const source = feeds.get(id) ?? null;
    const state = source === null ? null : currentState(states.get(id) ?? null, source);
    const hub = base === null || source === null || source.own !== undefined ? null : (state?.hub ?? null);
    const one = current.get(id) ?? null;
    const step = subscriptionStep(one, hub, base ?? '-', now);
    if (step !== 'wait') steps.push({ one, source, hub, step });
  }
  return steps;
}

function baseOf({ worker }: Pick<Settings, 'worker'>): string | null {
  return worker.publicUrl === null ? null : `${worker.publicUrl}${CALLBACKS}`;
}

function asked(
  known: Subscription | null,
  {
    hub,
    feedId,
    base,
    now,
  }: { readonly hub: SourceHub; readonly feedId: string; readonly base: string; readonly now: Date },
): Subscription {
  if (known !== null) return { ...known, state: known.state === 'active' ? 'active' : 'asked', askedAt: now };
  const token = randomBytes(24).toString('base64url');
  return {
    token,
    feedId,
    hub: hub.url,
    topic: hub.topic,
    callback: `${base}${token}`,
    secret: randomBytes(32).toString('base64url'),
    state: 'asked',
    askedAt: now,
    failures: 0,
    leaseUntil: null,
    pushedAt: null,
  };
}

function left(known: Subscription, now: Date): Subscription {
  return { ...known, state: 'left', askedAt: now };
}

interface HubFailure {
  /** It gave no answer. */
  readonly isSilent: boolean;
  readonly why: string;
}

/** WebSub 5.1. null: the hub takes the request; it verifies it then. */
async function askHub(
  { hub, topic, callback, secret, state }: Subscription,
  allowPrivateAddresses: boolean,
  poster: Poster,
  signal: AbortSignal,
): Promise<HubFailure | null> {
  const form = new URLSearchParams({
    'hub.mode': state === 'left' ? 'unsubscribe' : 'subscribe',
    'hub.topic': topic,
    'hub.callback': callback,
    ...(state !== 'left' && { 'hub.secret': secret, 'hub.lease_seconds': String(LEASE_SECONDS) }),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  try {
    const { status } = await poster.send(
      { method: 'POST', url: hub, headers, body: form.toString(), allowPrivateAddresses },
      signal,
    );
    return status >= 200 && status < 300 ? null : { isSilent: false, why: ` answered ${status}` };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NewsloomError)) throw error;
    return { isSilent: true, why: `: ${error.message}` };
  }
}
