/** Builder of a cleaned item with defaults. */
import type { Draft } from '../../src/model/article.js';
import type { CleanDocument } from '../../src/model/document.js';
import { canonicalUrl, urlKey } from '../../src/text/url/url.js';

export interface DraftParts extends Partial<Omit<Draft, 'claimedPublishedAt' | 'claimedUpdatedAt'>> {
  /** ISO 8601; null: undated. */
  readonly date?: string | null;
  readonly updated?: string | null;
}

export function aDraft(parts: DraftParts = {}): Draft {
  const { date = '2026-11-24T08:00:00Z', updated = null, ...rest } = parts;
  const title = rest.title ?? 'Ferry to the outer islands sails again';
  const given = rest.url === undefined ? 'https://paper.example/ferry' : rest.url;
  const url = given === null ? null : (canonicalUrl(given, null) ?? given);
  const summary = rest.summary ?? 'Word came from the harbour office shortly before noon.';
  return {
    guid: null,
    contentHtml: null,
    authors: [],
    attribution: {
      publication: { title: 'The Paper', url: 'https://paper.example/', feedUrl: null },
      via: null,
      credited: null,
    },
    language: 'en',
    image: null,
    enclosures: [],
    episode: null,
    discussionUrl: null,
    categories: [],
    pictures: [],
    bodyText: null,
    lines: [],
    mayCredit: null,
    rights: null,
    contentHash: `${title}\n${summary}`,
    place: 0,
    urlKeys: url === null ? [] : [urlKey(url)],
    claimedPublishedFrom: date === null ? null : 'published',
    ...rest,
    url,
    title,
    summary,
    claimedPublishedAt: date === null ? null : new Date(date),
    claimedUpdatedAt: updated === null ? null : new Date(updated),
  };
}

export function aDocument(drafts: readonly Draft[], parts: Partial<CleanDocument> = {}): CleanDocument {
  return {
    format: 'rss',
    profile: {
      title: 'The Paper',
      homeUrl: 'https://paper.example/',
      feedUrl: null,
      description: null,
      language: 'en',
      imageUrl: null,
      rights: null,
    },
    drafts: drafts.map((draft, place) => ({ ...draft, place })),
    skipped: 0,
    commonParameters: null,
    titleEnding: '',
    furniture: [],
    usualLanguage: '',
    tombstones: [],
    complete: true,
    builtAt: null,
    ttlMinutes: null,
    updateEveryMinutes: null,
    skipHours: [],
    skipDays: [],
    warnings: [],
    ...parts,
  };
}
