/** Sends the outbox once the edition is live: targets in parallel, messages of one target in sequence. */

import { selectBatch } from '../../announce/batch.js';
import { readRetryAfterSeconds, type SendOutcome } from '../../announce/outcome.js';
import { getMinuteOfDay, isQuietHour } from '../../announce/quiet.js';
import type { Announcement, SendingTools, SendRequest, TargetAnswer, TargetKind } from '../../announce/target.js';
import { renderPlainMessage } from '../../announce/text.js';
import type { EditionSettings } from '../../compose/settings.js';
import { type AnnounceTarget, NEW_TARGET, type TargetState } from '../../model/announcing.js';
import type { AnnouncementReport } from '../../model/report.js';
import type { Settings } from '../../model/settings.js';
import type { Candidate } from '../../model/take-turns.js';
import { computeBackOffMinutes, parseRetryDelay } from '../../politeness/retry.js';
import type { Clock } from '../../ports/clock.js';
import type { Poster } from '../../ports/fetcher.js';
import type { OutboxMark, OutboxRow } from '../../ports/store/outbox.js';
import { type CallOutcome, callTarget, loadKind } from './call-target.js';
import { type AnnouncementDeps, loadAnnouncement, summarizeRest } from './load-announcement.js';
import type { LoadPicture } from './load-picture.js';

/** Milliseconds after which a run starts no further message. */
const SENDING = 30_000;
/** Milliseconds that a message in progress gets when the run is stopped. */
const GRACE = 5_000;
/** Minutes to wait after a failed run, doubled with each further one. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 6 * 60;
/** Longest `Retry-After`, in minutes. */
const LONGEST_RETRY_AFTER = 24 * 60;
const MOST_REFUSALS = 3;

export interface SendDeps extends AnnouncementDeps {
  readonly settings: EditionSettings & Pick<Settings, 'announce'>;
  readonly poster: Poster;
  readonly loadPicture: LoadPicture;
  readonly clock: Clock;
  readonly now: Date;
  /** Offset of the site's time zone from UTC, in minutes. */
  readonly ahead: number;
}

/** Never rejects because of a target. On abort, stops after the message in progress. */
export async function sendOutbox(deps: SendDeps, signal: AbortSignal): Promise<readonly AnnouncementReport[]> {
  const rows = await deps.store.announcements(['waiting', 'sending']);
  const states = await deps.store.targetStates();
  const time = new SendingTime(deps.clock, signal);
  try {
    const all = deps.settings.announce.map((target) => {
      const own = rows.filter((row) => row.target === target.id);
      return new Sender(target, states.get(target.id) ?? NEW_TARGET, deps, time).send(own);
    });
    return await Promise.all(all);
  } finally {
    time.end();
  }
}

/** The messages that the next run would send, as text. */
export async function previewOutbox(
  rows: readonly Pick<OutboxRow, 'target' | 'kind' | 'subject' | 'at'>[],
  deps: AnnouncementDeps & Pick<SendDeps, 'settings' | 'now' | 'ahead'>,
): Promise<readonly AnnouncementReport[]> {
  const reports = deps.settings.announce.map(async (target) => {
    const own = rows.flatMap((row, n) => (row.target === target.id ? [{ ...NOT_TRIED, ...row, n }] : []));
    const quiet = isQuietHour(target.quiet, getMinuteOfDay(deps.now, deps.ahead));
    const { single, more } = selectBatch(await addSources(own, deps.store), target.atMost);
    const messages = await Promise.all(single.map((row) => loadAnnouncement(row, target, deps)));
    const rest = more.length === 0 ? [] : [summarizeRest(more, target, deps.settings)];
    const would = quiet
      ? []
      : [...rest, ...messages].flatMap((one) => (one === null ? [] : renderPlainMessage(one.parts)));
    return { ...NOTHING, target: target.id, waiting: own.length, would };
  });
  return await Promise.all(reports);
}

/** Adds whose news a row is. Stories and failures have no single source, so each counts as its own. */
async function addSources<R extends Pick<OutboxRow, 'kind' | 'subject' | 'at'>>(
  rows: readonly R[],
  store: AnnouncementDeps['store'],
): Promise<(R & Candidate)[]> {
  const isArticle = ({ kind }: Pick<OutboxRow, 'kind'>) => kind === 'article' || kind === 'held';
  const facts = await store.articleFacts(rows.filter(isArticle).map(({ subject }) => Number(subject)));
  const byRef = new Map(facts.map((article) => [String(article.ref), article]));
  return rows.map((row) => {
    const article = isArticle(row) ? byRef.get(row.subject) : undefined;
    const { sourceId, publishedAt } = article ?? { sourceId: `${row.kind} ${row.subject}`, publishedAt: row.at };
    return { ...row, sourceId, publishedAt };
  });
}

const NOT_TRIED = { state: 'waiting', triedAt: null, refusals: 0, message: null, text: null } as const;
const NOTHING = { sent: 0, waiting: 0, unknown: 0, refused: 0, error: null };

class Sender {
  #state: TargetState;
  #counts = { sent: 0, unknown: 0, refused: 0 };
  #error: string | null = null;

  constructor(
    readonly target: AnnounceTarget,
    state: TargetState,
    readonly deps: SendDeps,
    readonly time: SendingTime,
  ) {
    this.#state = state;
  }

  async send(rows: readonly OutboxRow[]): Promise<AnnouncementReport> {
    if (rows.length === 0) return this.#report(0);
    const kind = await loadKind(this.target);
    const waiting = await this.#settleInterrupted(rows, kind);
    const { now, ahead } = this.deps;
    if (isBackedOff(this.#state, now) || isQuietHour(this.target.quiet, getMinuteOfDay(now, ahead)))
      return this.#report(waiting.length);
    return this.#report(await this.#sendAll(waiting, kind));
  }

  /** Repeats messages of an interrupted run only if the target deduplicates them. */
  async #settleInterrupted(rows: readonly OutboxRow[], kind: TargetKind): Promise<readonly OutboxRow[]> {
    const lost = rows.filter((row) => row.state === 'sending' && !this.#canRepeat(row, kind));
    if (lost.length > 0) await this.#mark([{ rows: lost.map(({ n }) => n), state: 'unknown' }]);
    this.#counts.unknown += lost.length;
    return rows.filter((row) => !lost.includes(row));
  }

  #call(kind: TargetKind, call: (request: SendRequest) => Promise<TargetAnswer>): Promise<CallOutcome> {
    return callTarget({ target: this.target, kind, poster: this.deps.poster }, call, this.time.signal);
  }

  #canRepeat({ triedAt, message }: OutboxRow, { keysKeptMs }: TargetKind): boolean {
    const age = this.deps.now.getTime() - (triedAt?.getTime() ?? 0);
    return keysKeptMs > 0 && age >= 0 && age < keysKeptMs && message?.startsWith(ONE) === true;
  }

  async #sendAll(waiting: readonly OutboxRow[], kind: TargetKind): Promise<number> {
    const current = await this.#selectCurrent(waiting);
    const { single, more } = selectBatch(current, this.target.atMost);
    const messages = [
      ...(more.length === 0
        ? []
        : [
            {
              rows: more.map(({ row }) => row),
              announcement: summarizeRest(
                more.map(({ row }) => row),
                this.target,
                this.deps.settings,
              ),
            },
          ]),
      ...single.map(({ row, announcement }) => ({ rows: [row], announcement })),
    ];
    let left = current.length;
    for (const { rows, announcement } of messages) {
      if (this.time.isOver) return left;
      const outcome = await this.#sendOne(rows, announcement, kind);
      if (outcome.kind === 'sent' || (outcome.kind === 'unknown' && !this.#isDeduplicated(rows, announcement, kind)))
        left -= rows.length;
      if (outcome.kind === 'unknown' || outcome.kind === 'later') return left;
    }
    return left;
  }

  #isDeduplicated(rows: readonly OutboxRow[], announcement: Announcement, kind: TargetKind): boolean {
    return rows.length === 1 && announcement.kind !== 'more' && kind.keysKeptMs > 0;
  }

  async #selectCurrent(rows: readonly OutboxRow[]) {
    const loaded = await Promise.all(
      (await addSources(rows, this.deps.store)).map(async ({ sourceId, publishedAt, ...row }) => {
        const announcement = await loadAnnouncement(row, this.target, this.deps);
        return { row, announcement, sourceId, publishedAt };
      }),
    );
    const gone = loaded.filter(({ announcement }) => announcement === null).map(({ row }) => row.n);
    if (gone.length > 0) await this.#mark([{ rows: gone, state: 'dropped' }]);
    return loaded.flatMap(({ announcement, ...one }) => (announcement === null ? [] : [{ ...one, announcement }]));
  }

  /** Marks rows as sending, and syncs to disk, before the call: a crash never causes a duplicate. */
  async #sendOne(rows: readonly OutboxRow[], announcement: Announcement, kind: TargetKind): Promise<SendOutcome> {
    const { store, now } = this.deps;
    const key = `${announcement.kind === 'more' ? MORE : ONE}${announcement.key}`;
    const message = { key, text: renderPlainMessage(announcement.parts), at: now };
    await this.#mark([{ rows: rows.map(({ n }) => n), state: 'sending', message }]);
    await store.sync();
    const tools = this.#createTools(announcement);
    const { outcome, answer } = await this.#call(kind, (request) =>
      kind.send(announcement, this.target, request, tools),
    );
    // If the target deduplicates, a message with an unknown outcome is sent again later.
    const repeats = outcome.kind === 'unknown' && this.#isDeduplicated(rows, announcement, kind);
    const isOwnFault = this.#state.failures === 0;
    this.#state = this.#nextState(outcome, answer);
    await this.#mark(repeats ? [] : toMarks(rows, outcome.kind, isOwnFault), this.#state);
    if (!repeats) this.#count(rows, outcome.kind, isOwnFault);
    if (outcome.kind !== 'sent') this.#error = outcome.why;
    return outcome;
  }

  #createTools({ picture }: Announcement): SendingTools {
    const { signal } = this.time;
    return {
      picture: async (most) => (picture === null ? null : await this.deps.loadPicture(picture, most, signal)),
    };
  }

  #nextState(outcome: SendOutcome, answer: TargetAnswer | null): TargetState {
    const { now } = this.deps;
    const at = now.getTime();
    if (outcome.kind === 'sent') return { ...NEW_TARGET, sentAt: at };
    const before = this.#state;
    const failures = before.failures + 1;
    const failingSince = before.failingSince ?? at;
    const inBody = answer === null ? null : readRetryAfterSeconds(answer.body);
    const asked =
      answer === null ? null : (parseRetryDelay(answer.headers, now) ?? (inBody === null ? null : inBody / 60));
    const wait =
      asked === null
        ? Math.min(computeBackOffMinutes(failures - 1, FIRST_WAIT, 0.5), LONGEST_WAIT)
        : Math.min(asked, LONGEST_RETRY_AFTER);
    return { ...before, failures, failingSince, error: outcome.why, notBefore: at + Math.ceil(wait * 60_000) };
  }

  #count(rows: readonly OutboxRow[], kind: SendOutcome['kind'], isOwnFault: boolean): void {
    if (kind === 'sent' || kind === 'unknown') this.#counts[kind] += rows.length;
    if (kind === 'refused' && isOwnFault) this.#counts.refused += rows.filter(isLastRefusal).length;
  }

  #mark(marks: readonly OutboxMark[], state: TargetState | null = null): Promise<void> {
    return this.deps.store.markAnnouncements(marks, state === null ? null : { target: this.target.id, is: state });
  }

  #report(waiting: number): AnnouncementReport {
    const refused = this.#counts.refused;
    return { target: this.target.id, ...this.#counts, waiting: waiting - refused, error: this.#error };
  }
}

/** Ignores waits longer than the maximum: they were recorded with a wrong clock. */
function isBackedOff({ notBefore }: TargetState, now: Date): boolean {
  const wait = (notBefore ?? 0) - now.getTime();
  return wait > 0 && wait <= LONGEST_RETRY_AFTER * 60_000;
}

/** Key prefix of a stored message: for one row, or for several. */
const ONE = '1 ';
const MORE = '+ ';

function isLastRefusal({ refusals }: OutboxRow): boolean {
  return refusals + 1 >= MOST_REFUSALS;
}

/** `isOwnFault`: earlier messages were accepted, so the refusal concerns this message, not the key or address. */
function toMarks(rows: readonly OutboxRow[], kind: SendOutcome['kind'], isOwnFault: boolean): OutboxMark[] {
  const numbers = rows.map(({ n }) => n);
  if (kind === 'sent' || kind === 'unknown') return [{ rows: numbers, state: kind }];
  if (kind === 'later' || !isOwnFault) return [{ rows: numbers, state: 'waiting' }];
  return rows.map((row) => ({ rows: [row.n], state: isLastRefusal(row) ? 'refused' : 'waiting', refused: true }));
}

/** Time budget of a run: no message starts after `SENDING` or once the run is stopped. */
class SendingTime {
  readonly #began: number;
  readonly #late = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly stopped: AbortSignal,
  ) {
    this.#began = clock.elapsed();
    stopped.addEventListener('abort', this.#startGrace, { once: true });
    if (stopped.aborted) this.#startGrace();
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  get isOver(): boolean {
    return this.stopped.aborted || this.clock.elapsed() - this.#began >= SENDING;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.stopped.removeEventListener('abort', this.#startGrace);
  }

  readonly #startGrace = () => {
    this.#timer = setTimeout(() => this.#late.abort(this.stopped.reason), GRACE);
  };
}
