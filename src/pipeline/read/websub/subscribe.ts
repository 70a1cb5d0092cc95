/** Maintains subscriptions at the hubs of sources: requests, renews and cancels them. */
import { randomBytes } from 'node:crypto';
import { NewsloomError } from '../../../model/errors.js';
import type { Settings } from '../../../model/settings.js';
import { isPaused, type Source, type SourceHub } from '../../../model/source.js';
import { listFeeds, toFeedKey } from '../../../model/source-feeds.js';
import type { Subscription } from '../../../model/subscription.js';
import { resolveState } from '../../../politeness/decide-request.js';
import { decideSubscription, LEASE_SECONDS, type SubscriptionStep } from '../../../politeness/subscriptions.js';
import type { Clock } from '../../../ports/clock.js';
import type { Poster } from '../../../ports/fetcher.js';
import type { Store } from '../../../ports/store/store.js';

/** Path below the worker's public URL. */
export const CALLBACKS = 'websub/';
/** Maximum number of hub requests per run. */
const MAX_REQUESTS = 20;
/** Milliseconds after which a run sends no further hub requests, because pushes wait until it ends. */
const REQUEST_BUDGET_MS = 10_000;
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
  for (const step of await listSteps(deps, known)) {
    signal.throwIfAborted();
    const next = applyStep(step, settings, now);
    // Skip hubs that did not respond before, to avoid another timeout.
    if (silent.has(next.hub)) await saveFailed(next, store);
    else if (requests < MAX_REQUESTS && deps.clock.elapsed() - began < REQUEST_BUDGET_MS) {
      requests += 1;
      const failure = await runStep(step, next, deps, signal);
      if (failure?.isUnresponsive) silent.add(next.hub);
      if (failure !== null && step.action !== 'leave') warnings.push(`${next.feedId}: its hub${failure.why}`);
    }
  }
  return warnings;
}

/** null: the hub accepted the request. */
async function runStep(
  { source }: Step,
  next: Subscription,
  { store, poster }: SubscribeDeps,
  signal: AbortSignal,
): Promise<HubFailure | null> {
  // Saved first, because the hub may verify before it responds.
  await store.saveSubscription(next);
  const failure = await sendHubRequest(next, source?.allowPrivateAddresses ?? false, poster, signal);
  if (failure !== null) {
    const current = (await store.subscriptions()).find(({ token }) => token === next.token);
    await saveFailed(current ?? next, store);
  }
  return failure;
}

async function saveFailed(one: Subscription, store: Store): Promise<void> {
  await store.saveSubscription({ ...one, failures: one.failures + 1 });
}

function applyStep({ one, source, hub, action }: Step, settings: Pick<Settings, 'worker'>, now: Date): Subscription {
  if (action === 'leave') return { ...one!, state: 'left', askedAt: now };
  return requestSubscription(one, { hub: hub!, feedId: toFeedKey(source!), base: toCallbackBase(settings)!, now });
}

interface Step {
  readonly one: Subscription | null;
  /** null: removed from the config. */
  readonly source: Source | null;
  readonly hub: SourceHub | null;
  readonly action: Exclude<SubscriptionStep, 'wait'>;
}

async function listSteps({ settings, store, now }: SubscribeDeps, known: readonly Subscription[]): Promise<Step[]> {
  const base = toCallbackBase(settings);
  const states = await store.fetchStates();
  const current = new Map(known.flatMap((one) => (one.state === 'left' ? [] : [[one.feedId, one]])));
  const feeds = new Map(settings.sources.flatMap(listFeeds).map((source) => [toFeedKey(source), source]));
  const steps: Step[] = [];
  for (const id of new Set([...feeds.keys(), ...current.keys()])) {
    const source = feeds.get(id) ?? null;
    const state = source === null ? null : resolveState(states.get(id) ?? null, source);
    const hub =
      base === null || source === null || source.own !== undefined || isPaused(source, now)
        ? null
        : (state?.hub ?? null);
    const one = current.get(id) ?? null;
    const action = decideSubscription(one, hub, base ?? '-', now);
    if (action !== 'wait') steps.push({ one, source, hub, action });
  }
  return steps;
}

function toCallbackBase({ worker }: Pick<Settings, 'worker'>): string | null {
  return worker.publicUrl === null ? null : `${worker.publicUrl}${CALLBACKS}`;
}

function requestSubscription(
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

interface HubFailure {
  /** It did not respond. */
  readonly isUnresponsive: boolean;
  readonly why: string;
}

/** Sends a request (WebSub 5.1). null: accepted; the hub verifies it later. */
async function sendHubRequest(
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
    return status >= 200 && status < 300 ? null : { isUnresponsive: false, why: ` answered ${status}` };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NewsloomError)) throw error;
    // Another source may have permission to request this hub.
    return { isUnresponsive: error.code !== 'FETCH_FORBIDDEN', why: `: ${error.message}` };
  }
}
