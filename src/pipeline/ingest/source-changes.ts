/** What one read of a source changes, in the words of the store. */

import type { Identified } from '../../identity/identify.js';
import type { ArticleRef, Draft, TopicTag } from '../../model/article.js';
import type { Source, SourceId } from '../../model/source.js';
import type { ChangedArticle, NewArticle, SourceChanges } from '../../ports/store/sources.js';
import { type Tagger, toTag } from '../organize/tagging.js';
import type { ReadDocument } from '../reader/read-document.js';

/** What every change says of itself where it says nothing else. */
export function noChanges(topicsFingerprint: string): SourceChanges {
  return {
    added: [],
    changed: [],
    aliases: [],
    alsoIn: [],
    withdrawn: [],
    restored: [],
    topicsFingerprint,
    snapshot: 'as before',
  };
}

export interface ChangeContext {
  readonly document: ReadDocument;
  readonly source: Source;
  readonly tagger: Tagger;
  readonly topicsFingerprint: string;
  readonly now: Date;
}

/** @param refs of what is new, in the order of `found.added` */
export function sourceChangesOf(found: Identified, refs: readonly ArticleRef[], by: ChangeContext): SourceChanges {
  const tagsOf = taggingOf(by);
  return {
    ...noChanges(by.topicsFingerprint),
    added: found.added.map((arrival, i) => newArticle(arrival, refs[i]!, tagsOf, by)),
    changed: found.changed.map((met) => changedArticle(met, tagsOf)),
    aliases: found.aliases,
    alsoIn: found.alsoIn,
    withdrawn: withdrawals(found.withdrawn, by.source, by.now),
    restored: found.restored,
  };
}

/** As the source wants it: marked, or gone. */
export function withdrawals(refs: readonly ArticleRef[], source: Source, at: Date): SourceChanges['withdrawn'] {
  const policy = source.withdrawn === 'mark' ? 'mark' : 'remove';
  return refs.map((ref) => ({ ref, at, policy }));
}

type TagsOf = (draft: Draft, alsoIn: readonly SourceId[]) => readonly TopicTag[];

/** As the reader tagged it, where no other source has a word in it. */
function taggingOf({ document: { drafts, tags }, source, tagger }: ChangeContext): TagsOf {
  const given = tags === null ? null : new Map(drafts.map((draft, i) => [draft, tags[i]!]));
  return (draft, alsoIn) =>
    (alsoIn.length === 0 ? given?.get(draft) : undefined) ?? tagger.tag(toTag(draft, [source.id, ...alsoIn]));
}

/** Every field by name: a spread of so many takes ten times as long as all the rest of this. */
function newArticle(
  { draft, keys, mintOnly, publishedAt, publishedAtFrom }: Identified['added'][number],
  ref: ArticleRef,
  tagsOf: TagsOf,
  { source, now }: ChangeContext,
): NewArticle {
  const { guid, url, title, summary, contentHtml, authors, attribution, language, place } = draft;
  const { image, enclosures, categories, rights, contentHash } = draft;
  return {
    ref,
    sourceId: source.id,
    guid,
    url,
    title,
    summary,
    contentHtml,
    authors,
    attribution,
    language,
    image,
    enclosures,
    categories,
    rights,
    contentHash,
    place,
    publishedAt,
    publishedAtFrom,
    firstSeenAt: now,
    topics: tagsOf(draft, []),
    keys,
    mintOnly,
  };
}

function changedArticle({ draft, known, revision }: Identified['changed'][number], tagsOf: TagsOf): ChangedArticle {
  return {
    ...draft,
    // A licence that was narrowed is obeyed when we publish; what it allowed once is kept.
    contentHtml: draft.contentHtml ?? (revision.kind === 'quiet' ? known.contentHtml : null),
    ref: known.ref,
    url: revision.url,
    updatedAt: revision.kind === 'visible' ? revision.updatedAt : null,
    topics: tagsOf(draft, known.alsoIn),
  };
}
