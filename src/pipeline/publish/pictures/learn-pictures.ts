/**
 * Reads picture files of new articles: learns sizes and makes copies. Requests each file once, within per-run limits.
 */
import { mayShowPictures } from '../../../compose/entry.js';
import type { Article, ArticleRef, ImageCopy, KnownImage } from '../../../model/article.js';
import { createPlainRequest, type FetchRequest } from '../../../model/fetch.js';
import type { Source, SourceId } from '../../../model/source.js';
import { createHostHold } from '../../../politeness/after-fetch.js';
import { isFileHeld, toFileSource } from '../../../politeness/hosts.js';
import type { PictureTools } from '../../../ports/picture-tools.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import { Semaphore } from '../../facts/semaphore.js';
import type { DueSource } from '../../read/host-queue.js';
import { type ScheduledResponse, scheduleRequests } from '../../read/request-scheduler.js';
import type { VerifiedFolder } from '../verify-folder.js';
import { COPIES, copyPath } from './copy-path.js';
import type { IconDeps } from './learn-icons.js';
import { selectPictureUrls } from './wanted-images.js';

export interface PictureDeps extends IconDeps {
  readonly folder: Pick<VerifiedFolder, 'broken'>;
}

const ACCEPT = 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.8';
/** Bytes. A picture's size is at its beginning; copies need the whole file. */
const MOST_BYTES = { sizes: 64 * 1024, copies: 8_000_000 };
/** Files requested and articles examined per run. The rest waits for the next run. */
const MOST_FILES = 200;
const MOST_ARTICLES = 5_000;
const BATCH = 200;
/** Milliseconds per run; hosts with many pictures are slow. */
const MOST_MS = 30_000;
const ENCODED_AT_ONCE = 2;
/** Milliseconds after an article was first seen in which failed pictures are retried. */
const RETRY_MS = 2 * 3_600_000;

const LOOKED = 'pictures';

function selectSources({ sources, images }: PictureDeps['settings']): ReadonlyMap<SourceId, Source> {
  const looked = sources.filter(
    (source) => mayShowPictures(source) && (images.fetch || images.cache || source.own?.kind === 'posts'),
  );
  return new Map(looked.map((source) => [source.id, source]));
}

/** Rejects with the signal's reason; unsaved results are due again in the next run. */
export async function learnPictures(deps: PictureDeps, now: Date, signal: AbortSignal): Promise<void> {
  const { settings, store } = deps;
  const sources = selectSources(settings);
  const goal = settings.images.cache ? 'copies' : 'sizes';
  await resetOnNewSettings(store, sources.size === 0 ? null : `${goal} ${[...sources.keys()].sort().join()}`);
  if (sources.size === 0) return;
  if (goal === 'copies') await forgetLostCopies(deps);
  const held = new Map((await store.hosts()).map((host) => [host.host, host]));
  const isHeld = ({ url }: FetchRequest) => /^https?:/.test(url) && isFileHeld(url, held, now);
  const work = await selectPicturedArticles(deps, sources, goal, isHeld);
  if (work.length === 0) return;
  const answers = await requestPictures(listRequests(work, deps, goal, isHeld), deps, goal, { now, signal });
  await save(work, answers, store, now);
}

async function resetOnNewSettings(store: Store, settings: string | null): Promise<void> {
  const digest = settings && contentDigest(settings);
  if ((await store.meta(LOOKED)) === digest) return;
  await store.rescheduleAllPictures();
  await store.saveMeta(LOOKED, digest);
}

/** Forgets lost or damaged copies, so that this run makes them again. */
async function forgetLostCopies({ store, folder }: PictureDeps): Promise<void> {
  const lost = new Set([...folder.broken].filter((path) => path.startsWith(COPIES)));
  if (lost.size === 0) return;
  const isLost = ({ copies }: KnownImage) => copies.some(({ path }) => lost.has(path));
  const articles = (await store.articlesWithCopies()).filter(({ known }) => known.some(isLost));
  await store.forgetCopies(
    articles.map(({ ref }) => ref),
    lost,
  );
}

interface PicturedArticle {
  readonly article: Article;
  readonly source: Source | undefined;
  readonly known: readonly KnownImage[];
  readonly shown: ReadonlySet<string>;
  readonly toFetch: readonly string[];
}

type IsHeld = (request: FetchRequest) => boolean;

/** Newest first. Pictures on waiting hosts do not count against the limit. */
async function selectPicturedArticles(
  { store, folder }: PictureDeps,
  sources: ReadonlyMap<SourceId, Source>,
  goal: 'sizes' | 'copies',
  isHeld: IsHeld,
): Promise<PicturedArticle[]> {
  const refs = await store.duePictures(MOST_ARTICLES);
  const work: PicturedArticle[] = [];
  const files = new Set<string>();
  for (let at = 0; at < refs.length && files.size < MOST_FILES; at += BATCH) {
    const articles = await store.articles(refs.slice(at, at + BATCH));
    const paths = articles.flatMap((one) =>
      (one.knownImages ?? []).flatMap(({ copies }) => copies.map((copy) => copy.path)),
    );
    const published = new Set((await store.publishedFiles({ paths })).map(({ path }) => path));
    const isPresent = ({ copies }: KnownImage) =>
      copies.every(({ path }) => goal === 'copies' && published.has(path) && !folder.broken.has(path));
    for (const article of articles) {
      const source = article.withdrawnAt === null ? sources.get(article.sourceId) : undefined;
      const known = (article.knownImages ?? []).filter(isPresent);
      const { shown, toFetch } = selectPictureUrls({ ...article, knownImages: known }, goal);
      work.push({ article, source, known, shown, toFetch: source === undefined ? [] : toFetch });
      if (source === undefined) continue;
      for (const url of toFetch) if (!isHeld(toRequest(url, source, goal))) files.add(url);
    }
  }
  return work;
}

interface PictureRequest extends DueSource {
  /** As in the article. */
  readonly imageUrl: string;
}

function listRequests(
  work: readonly PicturedArticle[],
  { settings }: PictureDeps,
  goal: 'sizes' | 'copies',
  isHeld: IsHeld,
): PictureRequest[] {
  const requests = new Map<string, PictureRequest>();
  for (const { source, toFetch } of work) {
    if (source === undefined) continue;
    for (const imageUrl of toFetch) {
      if (requests.size === MOST_FILES || requests.has(imageUrl)) continue;
      const request = toRequest(imageUrl, source, goal);
      // Rate limits of the picture's host apply, not those of the feed's host.
      if (!isHeld(request))
        requests.set(imageUrl, { source: { ...source, url: request.url }, request, failures: 0, imageUrl });
    }
  }
  const isFile = ({ request }: PictureRequest) => request.url.startsWith('file:');
  return [...requests.values()].filter((one) => isFile(one) || settings.images.fetch || settings.images.cache);
}

/** Omits the source's credentials. Post images are read from their folder. */
function toRequest(imageUrl: string, source: Source, goal: 'sizes' | 'copies'): FetchRequest {
  const { own } = source;
  const isBeside = own?.kind === 'posts' && imageUrl.startsWith(own.imagesUrl);
  const most = MOST_BYTES[isBeside ? 'copies' : goal];
  const url = isBeside ? source.url + imageUrl.slice(own.imagesUrl.length) : imageUrl;
  const part = goal === 'sizes' && !isBeside ? 'beginning' : 'whole';
  return createPlainRequest(url, source, { accept: ACCEPT, most, part });
}

interface Answers {
  readonly found: ReadonlyMap<string, KnownImage>;
  readonly failed: ReadonlySet<string>;
}

/** Omits images that timed out or are on waiting hosts. */
async function requestPictures(
  requests: readonly PictureRequest[],
  { settings, store, fetcher, clock, pacing, ...deps }: PictureDeps,
  goal: 'sizes' | 'copies',
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<Answers> {
  const found = new Map<string, KnownImage>();
  const failed = new Set<string>();
  if (requests.length === 0) return { found, failed };
  const tools = await deps.tools();
  const encoding = new Semaphore(ENCODED_AT_ONCE);
  const read = async (imageUrl: string, body: Uint8Array | null) => {
    if (goal === 'sizes') return knownImage(imageUrl, body && tools.readSize(body), []);
    await encoding.acquire();
    return await withCopies(imageUrl, body, tools, store).finally(() => encoding.release());
  };
  const take = async ({ imageUrl, request }: PictureRequest, answer: ScheduledResponse) => {
    if (answer.kind === 'rate-limited') return;
    const held = answer.kind === 'failed' ? createHostHold(toFileSource(request.url), answer, 0, now) : null;
    if (held !== null) await store.saveHosts([held]);
    else if (answer.kind === 'failed' && (answer.status ?? 500) >= 500) failed.add(imageUrl);
    else found.set(imageUrl, await read(imageUrl, answer.kind === 'fresh' ? answer.body : null));
  };
  const time = AbortSignal.timeout(MOST_MS);
  const ending = AbortSignal.any([signal, time]);
  try {
    await scheduleRequests(requests, { fetcher, limits: settings.fetch, now, clock, pacing, signal: ending }, take);
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
  }
  return { found, failed };
}

async function withCopies(
  url: string,
  body: Uint8Array | null,
  tools: PictureTools,
  store: Pick<Store, 'keepCopy'>,
): Promise<KnownImage> {
  const made = body === null ? null : await tools.encodeCopies(body);
  const copies: ImageCopy[] = [];
  for (const { width, height, bytes } of made?.copies ?? []) {
    const path = copyPath(url, width);
    await store.keepCopy(path, bytes);
    copies.push({ path, width, height });
  }
  return knownImage(url, made?.size ?? null, copies);
}

function knownImage(
  url: string,
  size: { readonly width: number; readonly height: number } | null,
  copies: readonly ImageCopy[],
): KnownImage {
  return { url, width: size?.width ?? null, height: size?.height ?? null, copies };
}

/** Articles with an unanswered image stay due. */
async function save(
  work: readonly PicturedArticle[],
  { found, failed }: Answers,
  store: Pick<Store, 'savePictures'>,
  now: Date,
): Promise<void> {
  const done: { ref: ArticleRef; known: KnownImage[] }[] = [];
  for (const { article, known, shown, toFetch } of work) {
    const isOld = now.getTime() - article.firstSeenAt.getTime() > RETRY_MS;
    if (toFetch.some((url) => !found.has(url) && !(isOld && failed.has(url)))) continue;
    const before = new Map(known.map((image) => [image.url, image]));
    const toFallback = (url: string) => (failed.has(url) ? knownImage(url, null, []) : (before.get(url) ?? []));
    done.push({ ref: article.ref, known: [...shown].flatMap((url) => found.get(url) ?? toFallback(url)) });
  }
  await store.savePictures(done);
}
