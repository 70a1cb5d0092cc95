/** Finds the channels of authors (`authors/<slug>`), for articles of sources with `authors: true`. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { AUTHORS, toAuthorSlug } from '../../text/author-slug.js';
import { compareText } from '../../text/compare.js';

/** Names by slug, also of authors without articles; null: no source has `authors`. */
export async function readAuthors(
  store: Pick<Store, 'readJson'>,
  sources: readonly Pick<Source, 'authors'>[],
): Promise<ReadonlyMap<string, string> | null> {
  return sources.some(({ authors }) => authors) ? await readNames(store) : null;
}

async function readNames(store: Pick<Store, 'readJson'>): Promise<Map<string, string>> {
  return new Map(Object.entries((await store.readJson<Record<string, string>>(AUTHORS)) ?? {}));
}

export class AuthorChannels {
  /** Read on first use. */
  private names: Map<string, string> | null = null;
  private isChanged = false;

  constructor(
    private readonly store: Store,
    /** Those with `authors: true`. */
    readonly sources: ReadonlySet<SourceId>,
  ) {}

  async findChannels(facts: readonly ArticleFacts[]): Promise<ReadonlyMap<ArticleRef, readonly ChannelPath[]>> {
    if (this.sources.size === 0) return new Map();
    const refs = facts.filter(({ sourceId }) => this.sources.has(sourceId)).map(({ ref }) => ref);
    if (refs.length === 0) return new Map();
    const kept = await this.store.articles(refs);
    const known = new Set(kept.map(({ ref }) => ref));
    const pruned = await this.store.visibleArticles(refs.filter((ref) => !known.has(ref)));
    this.names ??= await readNames(this.store);
    const found = [...kept, ...pruned].map(({ ref, authors }) => {
      const slugs = authors.map(({ name }) => this.noteName(name)).filter((slug) => slug !== '');
      return [ref, [...new Set(slugs)].map((slug) => `${AUTHORS}/${slug}`)] as const;
    });
    await this.saveNames();
    return new Map(found);
  }

  private noteName(name: string): string {
    const slug = toAuthorSlug(name);
    const known = this.names!.get(slug);
    if (slug !== '' && (known === undefined || compareSpellings(name, known) > 0)) {
      this.names!.set(slug, name);
      this.isChanged = true;
    }
    return slug;
  }

  /** Before the articles are placed: a channel without a name would not be published. */
  private async saveNames(): Promise<void> {
    if (this.isChanged) await this.store.saveMeta(AUTHORS, JSON.stringify(Object.fromEntries(this.names!)));
    this.isChanged = false;
  }
}

/** Prefers capitals, then accents, so that the order of arrival does not matter. */
function compareSpellings(a: string, b: string): number {
  const countCapitals = (name: string) => name.match(/\p{Lu}/gu)?.length ?? 0;
  return countCapitals(a) - countCapitals(b) || compareText(a, b);
}
