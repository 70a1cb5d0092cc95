/** An in-memory replacement of the store, for tests of identity over several reads. */

import { identifyItems } from '../../src/identity/identified-items.js';
import { type Identified, identify, listKeys } from '../../src/identity/identify.js';
import { type IdentifiableArticle, matchItems } from '../../src/identity/match.js';
import { mint } from '../../src/identity/mint.js';
import { SiteOwnership } from '../../src/identity/site-ownership.js';
import type { Draft } from '../../src/model/article.js';
import type { CleanDocument } from '../../src/model/document.js';
import type { ArticleKey } from '../../src/model/identity.js';
import type { ReadEntry, WithdrawnPolicy } from '../../src/model/source.js';
import { urlKey } from '../../src/text/url/url.js';
import { aDocument } from './a-draft.js';

export interface Kept extends Omit<IdentifiableArticle, 'matched'> {
  readonly firstSeenAt: Date;
  readonly mintOnly: boolean;
}

/** Each source owns the host with its name, and its home page is on that host. */
const OWNERSHIP = new SiteOwnership(() =>
  ['paper', 'quay', 'rival'].map((sourceId) => ({
    sourceId,
    feedUrl: `https://${sourceId}.example/feed`,
    homeUrl: `https://${sourceId}.example/show`,
    provedHosts: [],
    homeSince: 0,
    movedTo: null,
  })),
);

export class Archive {
  readonly articles = new Map<number, Kept>();
  readonly #keys = new Map<string, { key: ArticleKey; ref: number }>();
  readonly #lastRead = new Map<string, readonly ReadEntry[]>();
  readonly #unusable = new Set<string>();
  #nextRef = 1;

  /** One read of one source, then the end of the run. */
  read(
    sourceId: string,
    document: CleanDocument | readonly Draft[],
    now: string,
    withdrawn: WithdrawnPolicy = 'remove',
  ): Identified {
    const found = this.ingest(sourceId, document, now, withdrawn);
    this.settle();
    return found;
  }

  ingest(
    sourceId: string,
    given: CleanDocument | readonly Draft[],
    now: string,
    withdrawn: WithdrawnPolicy = 'remove',
  ): Identified {
    const document = 'drafts' in given ? given : aDocument(given);
    const guidsUnusable = this.#unusable.has(sourceId);
    const seen = identifyItems(document.drafts, sourceId, guidsUnusable);
    const known = this.#known(listKeys(seen, document.tombstones, sourceId));
    const lastRead = this.#lastRead.get(sourceId) ?? [];
    const carried = new Set(
      [...this.#lastRead].filter(([id]) => id !== sourceId).flatMap(([, entries]) => entries.map((entry) => entry.ref)),
    );
    const at = new Date(now);
    const found = identify(
      document,
      seen,
      known,
      matchItems(seen.items, known, sourceId, OWNERSHIP),
      this.#nextRef,
      {
        sourceId,
        withdrawn,
        lastRead,
        guidsUnusable,
        absence: 'vanished',
        partial: false,
        ownership: OWNERSHIP,
        isCarriedElsewhere: (ref) => carried.has(ref),
        unchanged: [],
      },
      at,
    );
    this.#nextRef += found.added.length;
    for (const arrival of found.added) {
      const { ref } = arrival;
      this.articles.set(ref, {
        ...arrival.draft,
        ...arrival,
        id: null,
        sourceId,
        alsoIn: [],
        updatedAt: null,
        withdrawnAt: null,
        hidden: null,
        edits: null,
        firstSeenAt: at,
      });
      this.#name(ref, arrival.keys);
    }
    for (const {
      known: { ref },
      draft,
      revision,
    } of found.changed) {
      const updatedAt = revision.kind === 'visible' ? { updatedAt: revision.updatedAt } : {};
      this.#change(ref, {
        title: draft.title,
        summary: draft.summary,
        guid: draft.guid,
        contentHash: draft.contentHash,
        url: revision.url,
        ...updatedAt,
      });
    }
    for (const { ref, known, draft, publishedAt, publishedAtFrom, updatedAt } of found.reclaimed) {
      const alsoIn = [...known.alsoIn.filter((id) => id !== sourceId), known.sourceId];
      this.#change(ref, { ...draft, sourceId, alsoIn, publishedAt, publishedAtFrom, updatedAt, withdrawnAt: null });
    }
    for (const { ref, keys } of found.aliases) this.#name(ref, keys);
    for (const ref of found.alsoIn)
      this.#change(ref, { alsoIn: [...(this.articles.get(ref)?.alsoIn ?? []), sourceId] });
    for (const ref of found.withdrawn) this.#change(ref, { withdrawnAt: at });
    for (const ref of found.restored) this.#change(ref, { withdrawnAt: null });
    this.#lastRead.set(sourceId, found.lastRead);
    if (found.guidsUnusable) this.#unusable.add(sourceId);
    return found;
  }

  settle(): void {
    const pending = [...this.articles.values()].filter((article) => article.id === null);
    const taken = new Set([...this.articles.values()].flatMap(({ id }) => id ?? []));
    const unminted = pending.map((article) => ({
      ...article,
      urlKeys: article.url === null ? [] : [urlKey(article.url)],
    }));
    const context = { ownership: OWNERSHIP, siteHost: 'news.example.org' };
    const { minted, merged } = mint(unminted, taken, context);
    for (const { ref, id } of minted) this.#change(ref, { id });
    for (const { ref, into } of merged) {
      const lost = this.articles.get(ref) as Kept;
      const kept = this.articles.get(into) as Kept;
      this.articles.delete(ref);
      this.#change(into, { alsoIn: [...kept.alsoIn, lost.sourceId] });
      for (const one of this.#keys.values()) if (one.ref === ref) one.ref = into;
    }
  }

  /** Titles of the articles that are not withdrawn, in order of arrival. */
  titles(): string[] {
    return [...this.articles.values()]
      .filter((article) => article.withdrawnAt === null)
      .map((article) => article.title);
  }

  byTitle(title: string): Kept {
    const found = [...this.articles.values()].find((article) => article.title === title);
    if (found === undefined) throw new Error(`no article "${title}" among ${this.titles().join(' | ')}`);
    return found;
  }

  #known(keys: readonly ArticleKey[]): IdentifiableArticle[] {
    const byRef = new Map<number, ArticleKey[]>();
    for (const key of keys) {
      const hit = this.#keys.get(describeKey(key));
      if (hit !== undefined) byRef.set(hit.ref, [...(byRef.get(hit.ref) ?? []), key]);
    }
    return [...byRef].map(([ref, matched]) => ({ ...(this.articles.get(ref) as Kept), matched }));
  }

  #name(ref: number, keys: readonly ArticleKey[]): void {
    for (const key of keys) this.#keys.set(describeKey(key), { key, ref });
  }

  #change(ref: number, parts: Partial<Kept>): void {
    this.articles.set(ref, { ...(this.articles.get(ref) as Kept), ...parts });
  }
}

function describeKey(key: ArticleKey): string {
  return key.kind === 'url' ? `url ${key.value}` : `${key.kind} ${key.sourceId} ${key.value}`;
}
