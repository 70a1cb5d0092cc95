/** Fetches icons of publications monthly, or a day after a failure, from their home page or the configured address. */
import { createPlainRequest, type FetchRequest, type FetchResult } from '../../../model/fetch.js';
import type { SourceWarning } from '../../../model/report.js';
import type { Settings } from '../../../model/settings.js';
import type { Source, SourceFacts, SourceId } from '../../../model/source.js';
import { findPageIcons } from '../../../parse/page-icons.js';
import { createHostHold } from '../../../politeness/after-fetch.js';
import { isFileHeld, toFileSource } from '../../../politeness/hosts.js';
import type { Clock } from '../../../ports/clock.js';
import type { Fetcher } from '../../../ports/fetcher.js';
import type { PictureTools } from '../../../ports/picture-tools.js';
import type { Store } from '../../../ports/store/store.js';
import { redactUrl } from '../../../text/url/redact-url.js';
import { createSiteOwnership } from '../../facts/site-ownership.js';
import type { HostPacing } from '../../read/host-pacing.js';
import type { DueSource } from '../../read/host-queue.js';
import { scheduleRequests } from '../../read/request-scheduler.js';

export interface IconDeps {
  readonly settings: Pick<Settings, 'sources' | 'images' | 'fetch'>;
  readonly store: Store;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly tools: () => Promise<PictureTools>;
  readonly clock: Clock;
  readonly pacing: HostPacing;
}

const MOST = 8;
/** Milliseconds for all of them; the rest is requested the next day. */
const MOST_MS = 6_000;
export const ICON_DAYS = 30;
const DAY = 86_400_000;

const PAGE = {
  accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1',
  most: 128 * 1024,
  part: 'beginning',
} as const;
const PICTURE = { accept: 'image/png, image/x-icon, image/*;q=0.9', most: 256 * 1024, part: 'whole' } as const;

interface IconSearch {
  readonly source: Source;
  /** null: not requested, because it is on another site than the feed or the icon address is configured. */
  readonly home: string | null;
  candidates: string[];
  /** Whether requests failed temporarily: no response, server error, or the host requested a delay. */
  failed: boolean;
  png: Uint8Array | null;
}

/** `force`: retries missing icons with a configured address. */
interface IconOptions {
  readonly now: Date;
  readonly force: boolean;
}

/** `states`: after reading. Resolves with warnings about configured icons. */
export async function learnIcons(
  deps: IconDeps,
  states: ReadonlyMap<SourceId, SourceFacts>,
  options: IconOptions,
  signal: AbortSignal,
): Promise<SourceWarning[]> {
  if (!deps.settings.images.icons) return [];
  const { now } = options;
  const asked = await selectPublications(deps, states, options);
  if (asked.length === 0) return [];
  const time = AbortSignal.timeout(MOST_MS);
  try {
    await requestIcons(asked, deps, now, AbortSignal.any([signal, time]));
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
    for (const one of asked) one.failed = true;
  }
  const warnings: SourceWarning[] = [];
  for (const { source, png, failed } of asked) {
    const url = findIconAddress(source);
    const isMissing = url !== undefined && png === null;
    const isOver = png !== null || !failed;
    const due = new Date(now.getTime() + (isOver && !isMissing ? ICON_DAYS : 1) * DAY);
    if (isMissing) {
      const message = `no readable image at ${redactUrl(url)}; next try at ${due.toISOString()}, or use --force`;
      warnings.push({ sourceId: `${source.id}.icon`, message });
    }
    await deps.store.saveIcon(source.id, due, isOver ? png : 'as before', url);
  }
  // After a timeout, missing icons are not conclusive.
  return time.aborted ? [] : warnings;
}

function findIconAddress({ icon }: Source): string | undefined {
  return icon !== undefined && 'url' in icon ? icon.url : undefined;
}

async function selectPublications(
  { settings, store }: IconDeps,
  states: ReadonlyMap<SourceId, SourceFacts>,
  { now, force }: IconOptions,
): Promise<IconSearch[]> {
  const known = new Map((await store.icons()).map((icon) => [icon.source, icon]));
  const findDueTime = ({ id }: Source) => known.get(id)?.due.getTime() ?? 0;
  const isDue = (source: Source) => {
    const { named = null, digest = null } = known.get(source.id) ?? {};
    const isRenamed = named !== (findIconAddress(source) ?? null);
    return findDueTime(source) <= now.getTime() || isRenamed || (force && named !== null && digest === null);
  };
  // robots.txt was not checked for icons, so pages that require it are skipped.
  const hasHome = ({ own, reading }: Source) => own === undefined && reading?.robots !== true;
  const ownership = createSiteOwnership(settings.sources, states);
  const asked: IconSearch[] = [];
  // Least recently due first, so that permanent failures do not use up the limit.
  for (const source of [...settings.sources].sort((a, b) => findDueTime(a) - findDueTime(b))) {
    const state = states.get(source.id);
    if (asked.length === MOST || !isDue(source) || (source.icon !== undefined && 'file' in source.icon)) continue;
    const url = findIconAddress(source);
    const nothing = { failed: false, png: null };
    if (url !== undefined) asked.push({ source, home: null, candidates: [url], ...nothing });
    if (url !== undefined || !hasHome(source) || state?.health !== 'ok') continue;
    const { homeUrl = null, imageUrl = null } = state.profile ?? {};
    const home = homeUrl !== null && ownership.hasProved(source.id, homeUrl) ? homeUrl : null;
    if (home === null && imageUrl === null) continue;
    const candidates = [
      ...(home === null ? [] : [new URL('/favicon.ico', home).href]),
      ...(imageUrl === null ? [] : [imageUrl]),
    ];
    asked.push({ source, home, candidates, ...nothing });
  }
  return asked;
}

/** Requests pages first, because they name the best icon; then candidates until one is an icon. */
async function requestIcons(
  asked: readonly IconSearch[],
  deps: IconDeps,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const { encodeIcon: iconOf } = await deps.tools();
  const pages = asked.flatMap((one) => (one.home === null ? [] : [{ one, url: one.home, file: PAGE }]));
  await requestFiles(pages, deps, { now, signal }, async (one, { body, finalUrl }) => {
    const [best] = findPageIcons(Buffer.from(body).toString('utf8'), finalUrl);
    if (best !== undefined) one.candidates = [...new Set([best, ...one.candidates])];
  });
  for (let left = asked; left.length > 0; ) {
    left = left.filter(({ png, candidates }) => png === null && candidates.length > 0);
    const pictures = left.map((one) => ({ one, url: one.candidates.shift()!, file: PICTURE }));
    await requestFiles(pictures, deps, { now, signal }, async (one, { body }) => {
      one.png = await iconOf(body);
    });
  }
}

interface WantedFile {
  readonly one: IconSearch;
  readonly url: string;
  readonly file: NonNullable<FetchRequest['file']>;
}

async function requestFiles(
  files: readonly WantedFile[],
  { settings, store, fetcher, clock, pacing }: IconDeps,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
  take: (one: IconSearch, answer: Extract<FetchResult, { kind: 'fresh' }>) => Promise<void>,
): Promise<void> {
  const held = new Map([...(await store.hosts()).map((host) => [host.host, host] as const), ...pacing.coolDowns]);
  const due: (DueSource & { readonly one: IconSearch })[] = [];
  for (const { one, url, file } of files) {
    const request = createPlainRequest(url, one.source, file);
    if (isFileHeld(request.url, held, now)) one.failed = true;
    else due.push({ one, source: { ...one.source, url: request.url }, request, failures: 0 });
  }
  await scheduleRequests(
    due,
    { fetcher, limits: settings.fetch, now, clock, pacing, signal },
    async ({ one, request: { url } }, answer) => {
      if (answer.kind === 'fresh') await take(one, answer);
      else if (answer.kind === 'rate-limited') one.failed = true;
      else if (answer.kind === 'failed') {
        const host = createHostHold(toFileSource(url), answer, 0, now);
        if (host !== null) await store.saveHosts([host]);
        if (host !== null || (answer.status ?? 500) >= 500) one.failed = true;
      }
    },
  );
}
