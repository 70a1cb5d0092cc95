/** Maintains subscriptions at the hubs of sources: requests, renews and cancels them. */
import { randomBytes } from 'node:crypto';
import { NewsloomError } from '../../../model/errors.js';
import type { Settings } from '../../../model/settings.js';
import type { Source, SourceHub } from '../../../model/source.js';
import { feedIdOf, feedsOf } from '../../../model/source-feeds.js';
import type { Subscription } from '../../../model/subscription.js';
import { currentState } from '../../../politeness/decide-request.js';
import { LEASE_SECONDS, type SubscriptionStep, subscriptionStep } from '../../../politeness/subscriptions.js';
import type { Clock } from '../../../ports/clock.js';
import type { Poster } from '../../../ports/fetcher.js';
import type { Store } from '../../../ports/store/store.js';

/** Path below the worker's public URL. */
export const CALLBACKS = 'websub/';
/** Maximum number of hub requests per run. */
const MOST_ASKED = 20;
/** Milliseconds after which a run sends no further hub requests, because pushes wait until it ends. */
const ASKING = 10_000;
/** Milliseconds in which a hub may verify a cancellation. */
const LEAVING = 86_400_000;

export interface SubscribeDeps {
  readonly store: Store;
  readonly settings: Pick<Settings, 'sources' | 'worker'>;
  readonly poster: Poster;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly now: Date;
}

/** Resolves with a warning for each failed request. */
export async function renewSubscriptions(deps: SubscribeDeps, signal: AbortSignal): Promise<readonly string[]> {
  const { settings, store, now } = deps;
  const known = await store.subscriptions();
  for (const { token, state, askedAt } of known)
    if (state === 'left' && now.getTime() - askedAt.getTime() > LEAVING) await store.forgetSubscription(token);
  const warnings: string[] = [];
  const silent = new Set<string>();
  const began = deps.clock.elapsed();
  let requests = 0;
  for (const step of await stepsOf(deps, known)) {
    signal.throwIfAborted();
    const next = afterStep(step, settings, now);
    // Skip hubs that did not respond before, to avoid another timeout.
    if (silent.has(next.hub)) await saveFailed(next, store);
    else if (requests < MOST_ASKED && deps.clock.elapsed() - began < ASKING) {
      requests += 1;
      const failure = await takeStep(step, next, deps, signal);
      if (failure?.isSilent) silent.add(next.hub);
      if (failure !== null && step.action !== 'leave') warnings.push(`${next.feedId}: its hub${failure.why}`);
    }
  }
  return warnings;
}

/** null: the hub accepted the request. */
async function takeStep(
  { source }: Step,
  next: Subscription,
  { store, poster }: SubscribeDeps,
  signal: AbortSignal,
): Promise<HubFailure | null> {
  // Saved first, because the hub may verify before it responds.
  await store.saveSubscription(next);
  const failure = await askHub(next, source?.allowPrivateAddresses ?? false, poster, signal);
  if (failure !== null) {
    const current = (await store.subscriptions()).find(({ token }) => token === next.token);
    await saveFailed(current ?? next, store);
  }
  return failure;
}

async function saveFailed(one: Subscription, store: Store): Promise<void> {
  await store.saveSubscription({ ...one, failures: one.failures + 1 });
}

function afterStep({ one, source, hub, action }: Step, settings: Pick<Settings, 'worker'>, now: Date): Subscription {
  if (action === 'leave') return left(one!, now);
  return asked(one, { hub: hub!, feedId: feedIdOf(source!), base: baseOf(settings)!, now });
}

interface Step {
  readonly one: Subscription | null;
  /** null: removed from the config. */
  readonly source: Source | null;
  readonly hub: SourceHub | null;
  readonly action: Exclude<SubscriptionStep, 'wait'>;
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
    const action = subscriptionStep(one, hub, base ?? '-', now);
    if (action !== 'wait') steps.push({ one, source, hub, action });
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
  /** It did not respond. */
  readonly isSilent: boolean;
  readonly why: string;
}

/** Sends a request (WebSub 5.1). null: accepted; the hub verifies it later. */
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
    // Another source may have permission to request this hub.
    return { isSilent: error.code !== 'FETCH_FORBIDDEN', why: `: ${error.message}` };
  }
}
