/** Builds the message of an outbox row from current data: corrected titles, visible content only. */

import type { Announcement } from '../../announce/target.js';
import { fillTemplate } from '../../announce/text.js';
import type { LeadRules } from '../../cluster/lead.js';
import { type EntryFactory, textLine } from '../../compose/entry.js';
import type { EditionSettings } from '../../compose/settings.js';
import { storyEntries } from '../../compose/stories.js';
import type { AnnounceTarget } from '../../model/announcing.js';
import type { Article } from '../../model/article.js';
import type { Entry } from '../../model/channel.js';
import { isShown } from '../../model/desk.js';
import type { SourceId } from '../../model/source.js';
import type { OutboxRow } from '../../ports/store/outbox.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';
import { toMultiSourceStory } from '../facts/multi-source-stories.js';

export interface AnnouncementDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly entryOf: EntryFactory;
  readonly leads: LeadRules;
  readonly failures: readonly Entry[];
}

type Row = Pick<OutboxRow, 'kind' | 'subject' | 'at'>;

/** null: outdated, because the subject was hidden, withdrawn, pruned, decided or has recovered. */
export async function loadAnnouncement(
  row: Row,
  target: AnnounceTarget,
  deps: AnnouncementDeps,
): Promise<Announcement | null> {
  const known = await findEntry(row, deps);
  return known === null ? null : toAnnouncement(known, row, target, deps.settings.site);
}

export function summarizeRest(
  rows: readonly OutboxRow[],
  target: AnnounceTarget,
  { site }: Pick<EditionSettings, 'site'>,
): Announcement {
  const title = `+${rows.length} · ${textLine(site.title)}`;
  const [first, last] = [rows[0]!, rows.at(-1)!];
  return {
    ...composePlain(title, site),
    kind: 'more',
    key: createMessageKey(target, 'more', `${first.n}-${last.n}`),
    at: last.at,
    count: rows.length,
    parts: fillTemplate('{title} {url}', { ...NO_TEXT, title, url: site.url }),
  };
}

export function createTestAnnouncement(
  target: AnnounceTarget,
  { site }: Pick<EditionSettings, 'site'>,
  now: Date,
): Announcement {
  const title = `Test · ${textLine(site.title)}`;
  const values = { ...NO_TEXT, title, publication: 'newsloom', section: textLine(site.title), url: site.url };
  return {
    ...composePlain(title, site),
    kind: 'test',
    key: createMessageKey(target, 'test', now.toISOString()),
    at: now,
    parts: fillTemplate(target.text, values),
  };
}

/** Stable across restores: the same news for the same target has the same key. */
function createMessageKey({ id }: AnnounceTarget, kind: string, subject: string): string {
  return contentDigest(`${id} ${kind} ${subject}`);
}

const NO_TEXT = { title: '', publication: '', summary: '', section: '', topics: '', url: '' };

function composePlain(title: string, site: EditionSettings['site']) {
  return {
    section: { title: textLine(site.title), url: site.url },
    title,
    url: site.url,
    publication: null,
    summary: '',
    language: site.language,
    publishedAt: null,
    image: null,
    picture: null,
    topics: [],
    others: [],
    count: 1,
  };
}

/** `sourceId`: of the article or of the story's lead; null: not an article or story. */
interface FoundEntry {
  readonly entry: Entry;
  readonly sourceId: SourceId | null;
}

/** Prefix for held articles, so that they do not look published. */
const HELD = 'Waits for approval';

function toAnnouncement(
  { entry, sourceId }: FoundEntry,
  { kind, at }: Row,
  target: AnnounceTarget,
  site: EditionSettings['site'],
): Announcement {
  const section = { title: textLine(site.title), url: site.url };
  const summary = textLine(entry.summary);
  const topics = entry.topics.map(({ label }) => label).join(', ');
  const publication = entry.publication.title;
  return {
    kind,
    key: createMessageKey(target, kind, entry.id),
    at,
    section,
    title: entry.title,
    url: entry.url,
    publication: entry.publication,
    summary,
    language: entry.language ?? site.language,
    publishedAt: entry.publishedAt,
    // Images are allowed only with full-content permission.
    image: entry.isPlayable === true && entry.image !== null ? { url: entry.image.url, alt: entry.image.alt } : null,
    picture: entry.picture === undefined || sourceId === null ? null : { ...entry.picture, sourceId },
    topics: entry.topics,
    others: entry.related,
    count: 1,
    parts: fillTemplate(kind === 'held' ? `${HELD} · ${target.text}` : target.text, {
      title: entry.title,
      publication,
      summary,
      section: section.title,
      topics,
      url: entry.url,
    }),
  };
}

async function findEntry({ kind, subject }: Row, deps: AnnouncementDeps): Promise<FoundEntry | null> {
  if (kind === 'failure')
    return toFoundEntry(
      deps.failures.find(({ id }) => id === subject),
      null,
    );
  if (kind === 'story') return await findStoryEntry(Number(subject), deps);
  const [article] = await deps.store.articles([Number(subject)]);
  if (article === undefined) return null;
  if (kind === 'article') return isShown(article) ? toFoundEntry(deps.entryOf(article), article) : null;
  return article.hidden?.by === 'review' ? toFoundEntry(toHeldEntry(article, deps.entryOf), null) : null;
}

function toFoundEntry(entry: Entry | undefined, article: Pick<Article, 'sourceId'> | null): FoundEntry | null {
  return entry === undefined ? null : { entry, sourceId: article?.sourceId ?? null };
}

/** Unpublished: the editor gets what a decision needs, without a page of ours. */
function toHeldEntry(article: Article, entryOf: EntryFactory): Entry {
  const entry = entryOf(article);
  return { ...entry, url: entry.originalUrl ?? entry.url, summary: '', image: null, related: [] };
}

/** `ref`: the story's first article, which may now belong to an older story. */
async function findStoryEntry(
  ref: number,
  { store, settings, entryOf, leads }: AnnouncementDeps,
): Promise<FoundEntry | null> {
  const now = (await store.findStoryRefs([ref])).get(ref);
  const [record] = now === undefined ? [] : await store.stories([now]);
  if (record === undefined) return null;
  const { id, lead, members } = toMultiSourceStory(record, leads);
  const articles = new Map((await store.articles([lead, ...members])).map((article) => [article.ref, article]));
  const others = members.flatMap((member) => (member === lead ? [] : (articles.get(member) ?? [])));
  const first = articles.get(lead);
  if (first === undefined) return null;
  return toFoundEntry(storyEntries([{ id, lead: first, others }], entryOf, settings.site.feedsUrl)[0], first);
}
