/** Converts the result of reading a source into store changes. */

import type { Identified } from '../../identity/identify.js';
import type { ArticleRef, Draft, FullText, TopicTag } from '../../model/article.js';
import type { Source, SourceId } from '../../model/source.js';
import type { ChangedArticle, NewArticle, ReclaimedArticle, SourceChanges } from '../../ports/store/sources.js';
import { areSimilarHeadlines } from '../../text/alike.js';
import type { SiteTagger } from '../facts/tagging.js';

export function noChanges(topicsFingerprint: string): SourceChanges {
  return {
    added: [],
    changed: [],
    reclaimed: [],
    aliases: [],
    alsoIn: [],
    withdrawn: [],
    restored: [],
    topicsFingerprint,
    snapshot: 'as before',
  };
}

export interface ChangeContext {
  readonly source: Source;
  readonly tagger: SiteTagger;
  readonly topicsFingerprint: string;
  readonly now: Date;
}

export function toSourceChanges(found: Identified, by: ChangeContext): SourceChanges {
  return {
    ...noChanges(by.topicsFingerprint),
    added: found.added.map((arrival) => toNewArticle(arrival, by)),
    changed: found.changed.map((met) => toChangedArticle(met, by)),
    reclaimed: found.reclaimed.map((reclaimed) => toReclaimedArticle(reclaimed, by)),
    aliases: found.aliases,
    alsoIn: found.alsoIn,
    withdrawn: toWithdrawals(found.withdrawn, by.source, by.now),
    restored: found.restored,
  };
}

export function toWithdrawals(refs: readonly ArticleRef[], source: Source, at: Date): SourceChanges['withdrawn'] {
  const policy = source.withdrawn === 'mark' ? 'mark' : 'remove';
  return refs.map((ref) => ({ ref, at, policy }));
}

function tagDraft(draft: Draft, alsoIn: readonly SourceId[], { source, tagger }: ChangeContext): readonly TopicTag[] {
  return tagger.tag({ sourceIds: [source.id, ...alsoIn], ...draft });
}

function toNewArticle(
  { ref, draft, keys, mintOnly, publishedAt, publishedAtFrom }: Identified['added'][number],
  by: ChangeContext,
): NewArticle {
  // The draft comes last: adding properties to a spread copy is many times slower.
  return {
    ref,
    sourceId: by.source.id,
    publishedAt,
    publishedAtFrom,
    firstSeenAt: by.now,
    topics: tagDraft(draft, [], by),
    keys,
    mintOnly,
    ...(by.source.articlePages && { fullTextDue: by.now }),
    ...draft,
  };
}

function toChangedArticle(
  { draft, known, revision }: Identified['changed'][number],
  by: ChangeContext,
): ChangedArticle {
  return {
    ...draft,
    // Publishing applies narrower permissions; text stored under wider ones is kept.
    contentHtml: draft.contentHtml ?? (revision.kind === 'quiet' ? known.contentHtml : null),
    // Furniture that was learned since stays in published summaries.
    ...(revision.kind === 'quiet' && known.contentHash !== '' && { summary: known.summary }),
    ref: known.ref,
    url: revision.url,
    updatedAt: revision.kind === 'visible' ? revision.updatedAt : null,
    topics: tagDraft(toShownDraft(draft, known), known.alsoIn, by),
    ...(revision.kind === 'visible' && { fullTextDue: by.source.articlePages ? by.now : 'forgotten' }),
  };
}

/** Uses the page text until the page is fetched again. */
function toShownDraft(draft: Draft, { fullText }: { readonly fullText?: FullText }): Draft & { fullText?: FullText } {
  if (fullText === undefined) return draft;
  return fullText.html === null ? { ...draft, fullText } : { ...draft, fullText, contentHtml: fullText.html, bodyText: null }; // biome-ignore format: one choice
}

function toReclaimedArticle(
  { ref, draft, known, publishedAt, publishedAtFrom, updatedAt }: Identified['reclaimed'][number],
  by: ChangeContext,
): ReclaimedArticle {
  const topics = tagDraft(draft, [...known.alsoIn, known.sourceId], by);
  const due = by.source.articlePages ? { fullTextDue: by.now } : {};
  const isOtherNews = !areSimilarHeadlines(draft.title, known.title);
  return { ...draft, ref, publishedAt, publishedAtFrom, firstSeenAt: by.now, updatedAt, topics, isOtherNews, ...due };
}
