/** Finds what an edition announces: new entries in the channels of each target, held articles, failures. */

import type { AnnounceTarget } from '../../model/announcing.js';
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import { isShown } from '../../model/desk.js';
import { countPublications, toReport } from '../../model/publications.js';
import type { Settings } from '../../model/settings.js';
import type { SourceFacts, SourceId } from '../../model/source.js';
import { listFeeds, parseSourceId, toFeedKey } from '../../model/source-feeds.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import type { AnnouncedNamespace, OutboxChanges } from '../../ports/store/outbox.js';
import type { Store } from '../../ports/store/store.js';
import { listRuledSources, toSiteRules } from '../facts/site-rules.js';
import { findHeldArticles } from '../organize/hold-for-review.js';

/** Stored in place of a target to record where a feed begins. */
const ANY_TARGET = '*';
/** Number of newest articles of a channel, and of newest stories, that are examined. */
const MOST_EXAMINED = 500;
/** Maximum age in milliseconds, both from publication to first sight and from first sight to the edition. */
const NEWS_MAX_AGE_MS = 48 * 3_600_000;

export interface NewsDeps {
  readonly store: Store;
  readonly settings: Pick<Settings, 'announce' | 'sources'>;
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  readonly failures: readonly string[];
  readonly now: Date;
}

/** `dirty`: documents that the edition rewrites; only their channels can have news. */
export async function findNews(deps: NewsDeps, dirty: readonly DirtyDocument[]): Promise<OutboxChanges> {
  const { store, settings, now } = deps;
  const begins = new Map((await store.outboxBegins()).map(({ target, name, since }) => [`${target} ${name}`, since]));
  const feeds = listReadFeeds(deps);
  const wanted = [
    ...feeds.map((name) => ({ target: ANY_TARGET, name })),
    ...settings.announce.flatMap(({ id, of }) => of.map((name) => ({ target: id, name }))),
  ];
  const kept = new Set(wanted.map(({ target, name }) => `${target} ${name}`));
  const changes = new Changes(now, {
    begun: wanted.filter(({ target, name }) => !begins.has(`${target} ${name}`)),
    ended: [...begins.keys()].filter((key) => !kept.has(key)).map(splitKey),
  });
  const changed = new Set(dirty.flatMap(({ channel, archive }) => (archive === null ? [channel] : [])));
  const sources = findSourceBegins(deps, begins);
  const reviewed = settings.sources.flatMap(({ id, review }) => (review === 'hold' ? id : []));
  const held = new Set([...reviewed, ...listRuledSources('hold', toSiteRules(settings))]);
  const judges = {
    wasNews: (article: ArticleFacts) => wasNews(article, sources),
    isFresh: ({ firstSeenAt, sourceId }: ArticleFacts) =>
      now.getTime() - firstSeenAt.getTime() <= NEWS_MAX_AGE_MS || held.has(sourceId),
  };
  for (const target of settings.announce) await addTargetNews(target, { ...deps, ...judges, begins, changed }, changes);
  return changes.all;
}

export function hasChanges({ begun, ended, announced: told, rows }: OutboxChanges): boolean {
  return begun.length + ended.length + told.length + rows.length > 0;
}

class Changes {
  readonly told: { target: string; about: AnnouncedNamespace; subject: string }[] = [];
  readonly rows: OutboxChanges['rows'][number][] = [];
  readonly #announcedNow = new Map<string, Set<string>>();

  constructor(
    readonly at: Date,
    readonly names: Pick<OutboxChanges, 'begun' | 'ended'>,
  ) {}

  get all(): OutboxChanges {
    return { at: this.at, ...this.names, announced: this.told, rows: this.rows };
  }

  markAnnounced(target: string, about: AnnouncedNamespace, subjects: readonly (string | number)[]): void {
    for (const one of subjects) {
      const subject = String(one);
      this.told.push({ target, about, subject });
      this.#listAnnounced(target, about).add(subject);
    }
  }

  async findAnnounced(
    store: Store,
    target: string,
    about: AnnouncedNamespace,
    subjects: readonly (string | number)[],
  ): Promise<Set<string>> {
    const names = subjects.map(String);
    const now = this.#listAnnounced(target, about);
    return new Set([
      ...(await store.announcedSubjects(target, about, names)),
      ...names.filter((name) => now.has(name)),
    ]);
  }

  #listAnnounced(target: string, about: AnnouncedNamespace): Set<string> {
    const key = `${target} ${about}`;
    const known = this.#announcedNow.get(key) ?? new Set();
    this.#announcedNow.set(key, known);
    return known;
  }
}

interface TargetNews extends NewsDeps {
  readonly begins: ReadonlyMap<string, number>;
  readonly changed: ReadonlySet<ChannelPath>;
  /** Whether an article was current when it arrived, not only new to us. */
  wasNews(article: ArticleFacts): boolean;
  /** Whether it arrived recently: a new or retagged channel contains old articles. Held articles stay fresh. */
  isFresh(article: ArticleFacts): boolean;
}

async function addTargetNews(target: AnnounceTarget, deps: TargetNews, changes: Changes): Promise<void> {
  const { begins, changed } = deps;
  const findBegin = (name: string) => begins.get(`${target.id} ${name}`);
  // Stories first, so that their articles are not announced again one by one.
  const names = [...target.of].sort((a, b) => Number(b === STORIES) - Number(a === STORIES));
  for (const name of names) {
    const since = findBegin(name);
    if (name === 'failures') await addFailureNews(target, since, deps, changes);
    else if (name === 'desk') await addHeldNews(target, since, deps, changes);
    else if (since === undefined || !changed.has(name)) continue;
    else if (name === STORIES) await addStoryNews(target, since, deps, changes);
    else await addArticleNews(target, { channel: name, since }, deps, changes);
  }
}

async function addArticleNews(
  target: AnnounceTarget,
  { channel, since }: { readonly channel: ChannelPath; readonly since: ArticleRef },
  { store, wasNews, isFresh }: TargetNews,
  changes: Changes,
): Promise<void> {
  const head = await store.head(channel, MOST_EXAMINED);
  const recent = head.filter((ref) => ref >= since);
  const announced = await changes.findAnnounced(store, target.id, 'news', recent);
  const unannounced = await store.articleFacts(recent.filter((ref) => !announced.has(String(ref))));
  const news = unannounced.filter((one) => isShown(one) && wasNews(one) && isFresh(one));
  if (news.length === 0) return;
  const refs = news.map(({ ref }) => ref);
  const covered = await findCovered(target, refs, store, changes);
  const repeated = await findRepeated(head, news, store);
  for (const ref of refs.reverse()) {
    changes.markAnnounced(target.id, 'news', [ref]);
    if (!covered.has(ref) && !repeated.has(ref))
      changes.rows.push({ target: target.id, kind: 'article', subject: String(ref) });
  }
}

/** Articles that repeat an earlier text of the same source under another id, address and date. */
async function findRepeated(
  head: readonly ArticleRef[],
  news: readonly ArticleFacts[],
  store: Store,
): Promise<ReadonlySet<ArticleRef>> {
  const sources = new Set(news.map(({ sourceId }) => sourceId));
  const theirs = (await store.articleFacts(head)).filter(({ sourceId }) => sources.has(sourceId));
  const articles = await store.articles(theirs.map(({ ref }) => ref).sort((a, b) => a - b));
  const texts = new Set<string>();
  const repeated = new Set<ArticleRef>();
  for (const { ref, sourceId, contentHash } of articles) {
    const text = `${sourceId} ${contentHash}`;
    // A restored article has no hash until it is read again.
    if (contentHash !== '' && texts.has(text)) repeated.add(ref);
    texts.add(text);
  }
  return repeated;
}

/** Articles with a copy, or a story if the target announces stories, that was already announced. */
async function findCovered(
  { id, of }: AnnounceTarget,
  refs: readonly ArticleRef[],
  store: Store,
  changes: Changes,
): Promise<ReadonlySet<ArticleRef>> {
  const groups = new Map<ArticleRef, readonly ArticleRef[]>();
  const add = (ref: ArticleRef, others: readonly ArticleRef[]) =>
    groups.set(ref, [...(groups.get(ref) ?? []), ...others]);
  for (const [ref, { canonical, folded }] of await store.findCopyGroups(refs)) add(ref, [canonical, ...folded]);
  if (of.includes(STORIES)) {
    const stories = await store.findStoryRefs(refs);
    const members = new Map(
      (await store.stories([...new Set(stories.values())])).map((story) => [
        story.ref,
        story.members.map(({ article }) => article),
      ]),
    );
    for (const [ref, story] of stories) add(ref, members.get(story) ?? []);
  }
  const announced = await changes.findAnnounced(store, id, 'news', [...new Set([...groups.values()].flat())]);
  return new Set(
    [...groups].filter(([, others]) => others.some((ref) => announced.has(String(ref)))).map(([ref]) => ref),
  );
}

/** Announces a story once, identified by any of its members: it may grow, change its lead, or merge with another. */
async function addStoryNews(
  target: AnnounceTarget,
  since: ArticleRef,
  { store, wasNews, isFresh }: TargetNews,
  changes: Changes,
): Promise<void> {
  const records = (await store.multiSourceStories(MOST_EXAMINED)).filter(({ ref }) => ref >= since);
  const listMembers = (record: (typeof records)[number]) => record.members.map(({ article }) => article);
  const announced = await changes.findAnnounced(store, target.id, 'news', records.flatMap(listMembers));
  const unannounced = records.filter((record) => listMembers(record).some((ref) => !announced.has(String(ref))));
  const articles = new Map(
    (await store.articles(unannounced.flatMap(listMembers))).map((article) => [article.ref, article]),
  );
  for (const record of unannounced.reverse()) {
    const refs = listMembers(record);
    const isAnnounced = refs.some((ref) => announced.has(String(ref)));
    const members = record.members.flatMap(({ role, article }) =>
      role === 'member' ? (articles.get(article) ?? []) : [],
    );
    const reporters = members.filter((one) => isShown(one) && wasNews(one));
    if (!isAnnounced && (countPublications(reporters.map(toReport)).size < 2 || !reporters.some(isFresh))) continue;
    changes.markAnnounced(target.id, 'news', refs);
    if (!isAnnounced) changes.rows.push({ target: target.id, kind: 'story', subject: String(record.ref) });
  }
}

/** `since` undefined: the target is new, so articles already held are not announced. */
async function addHeldNews(
  { id }: AnnounceTarget,
  since: ArticleRef | undefined,
  { store }: TargetNews,
  changes: Changes,
): Promise<void> {
  if (since === undefined) return;
  const held = (await findHeldArticles(store)).flatMap(({ ref }) => (ref >= since ? ref : []));
  const announced = await changes.findAnnounced(store, id, 'held', held);
  for (const ref of held.filter((one) => !announced.has(String(one)))) {
    changes.markAnnounced(id, 'held', [ref]);
    changes.rows.push({ target: id, kind: 'held', subject: String(ref) });
  }
}

async function addFailureNews(
  { id }: AnnounceTarget,
  since: ArticleRef | undefined,
  { store, failures }: TargetNews,
  changes: Changes,
): Promise<void> {
  const announced = await changes.findAnnounced(store, id, 'failure', failures);
  const fresh = failures.filter((one) => !announced.has(one));
  changes.markAnnounced(id, 'failure', fresh);
  if (since !== undefined) for (const subject of fresh) changes.rows.push({ target: id, kind: 'failure', subject });
}

/** Feeds that have been read. The content of a feed's first document is not news. */
function listReadFeeds({ settings, states }: NewsDeps): string[] {
  return settings.sources
    .flatMap(listFeeds)
    .map(toFeedKey)
    .filter((id) => states.get(id)?.profile != null);
}

/** By source. Infinity: a feed of it was read for the first time. New daily documents of a known index do not count. */
function findSourceBegins(
  { settings, states }: NewsDeps,
  begins: ReadonlyMap<string, number>,
): ReadonlyMap<SourceId, number> {
  const begin = (feed: string) =>
    states.get(feed)?.profile == null ? 0 : (begins.get(`${ANY_TARGET} ${feed}`) ?? Number.POSITIVE_INFINITY);
  const others = [...begins.keys()].map((key) => splitKey(key).name).filter((name) => name.includes('.'));
  const withParts = new Set(others.map(parseSourceId));
  return new Map(
    settings.sources.map(({ parts, ...source }) => {
      const feeds = listFeeds(parts === undefined || withParts.has(source.id) ? source : { ...source, parts });
      return [source.id, Math.max(...feeds.map((feed) => begin(toFeedKey(feed))))];
    }),
  );
}

/** False for the first content of a new feed and for articles dated long before they arrived. */
function wasNews(
  { ref, sourceId, publishedAt, firstSeenAt }: ArticleFacts,
  sources: ReadonlyMap<SourceId, number>,
): boolean {
  const since = sources.get(sourceId) ?? Number.POSITIVE_INFINITY;
  return ref >= since && firstSeenAt.getTime() - publishedAt.getTime() <= NEWS_MAX_AGE_MS;
}

function splitKey(key: string): { target: string; name: string } {
  const [target = '', name = ''] = key.split(' ');
  return { target, name };
}
