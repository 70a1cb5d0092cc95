/** Renders each article of an edition once, because most appear in several channels. */
import { type Fit, removeContent } from '../../compose/budget.js';
import type { EntryFactory } from '../../compose/entry.js';
import type { ArticleRef } from '../../model/article.js';
import { toOrderKey } from '../../model/order.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import type { EntryRenderer, RenderedEntry } from './entry-renderer.js';
import type { ScratchFile } from './scratch-file.js';

export interface RenderedArticle extends RenderedEntry {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly order: string;
}

/** A rendered article in the scratch file: its facts as JSON, then its text. */
interface Place {
  readonly position: number;
  readonly facts: number;
  readonly length: number;
}

export class RenderCache {
  readonly #places = new Map<ArticleRef, Place>();

  constructor(
    private readonly store: Pick<Store, 'visibleArticles'>,
    private readonly entryOf: EntryFactory,
    private readonly renderer: EntryRenderer,
    private readonly scratch: ScratchFile,
  ) {}

  /** In the order of `refs`; omits articles that no channel may show. */
  async load(refs: readonly ArticleRef[]): Promise<RenderedArticle[]> {
    const known = this.#read(refs);
    const unknown = refs.filter((ref) => !known.has(ref));
    const fresh = new Map((await this.#render(unknown, this.entryOf)).map((article) => [article.ref, article]));
    for (const article of fresh.values()) this.#keep(article);
    return refs.flatMap((ref) => known.get(ref) ?? fresh.get(ref) ?? []);
  }

  /** Articles that fit. The oldest omit their content as `whole` requires. */
  async fit(articles: readonly RenderedArticle[], { kept, whole }: Fit): Promise<readonly RenderedArticle[]> {
    const heavy = articles.slice(whole, kept).filter(({ weight }) => weight.light !== null);
    if (heavy.length === 0) return articles.slice(0, kept);
    const refs = heavy.map(({ ref }) => ref);
    const toLightEntry: EntryFactory = (article) => removeContent(this.entryOf(article));
    const light = new Map((await this.#render(refs, toLightEntry)).map((article) => [article.ref, article]));
    return articles.slice(0, kept).map((article) => light.get(article.ref) ?? article);
  }

  #keep(article: RenderedArticle): void {
    const facts = Buffer.from(JSON.stringify(toFacts(article)));
    const record = Buffer.concat([facts, article.bytes.subarray(article.offsets[0], article.offsets.at(-1))]);
    const position = this.scratch.append(record);
    if (position !== null) this.#places.set(article.ref, { position, facts: facts.length, length: record.length });
  }

  #read(refs: readonly ArticleRef[]): ReadonlyMap<ArticleRef, RenderedArticle> {
    const places = refs.flatMap((ref) => this.#places.get(ref) ?? []);
    // One buffer, because small ones take much more memory.
    const bytes = Buffer.allocUnsafeSlow(places.reduce((sum, { length }) => sum + length, 0));
    let used = 0;
    return new Map(
      places.map(({ position, facts, length }) => {
        this.scratch.read(bytes, used, length, position);
        const article = fromFacts(JSON.parse(bytes.toString('utf8', used, used + facts)), bytes, used + facts);
        used += length;
        return [article.ref, article];
      }),
    );
  }

  async #render(refs: readonly ArticleRef[], entryOf: EntryFactory): Promise<RenderedArticle[]> {
    if (refs.length === 0) return [];
    return (await this.store.visibleArticles(refs)).map((article) => ({
      ...this.renderer.render(entryOf(article)),
      ref: article.ref,
      sourceId: article.sourceId,
      order: toOrderKey(article),
    }));
  }
}

function toFacts({ ref, sourceId, id, language, publishedAt, updatedAt, weight, order, offsets }: RenderedArticle) {
  const dates = [publishedAt.getTime(), updatedAt?.getTime() ?? null] as const;
  const { whole, light } = weight;
  return [
    ref,
    sourceId,
    id,
    language,
    ...dates,
    whole,
    light,
    order,
    offsets.map((offset) => offset - offsets[0]!),
  ] as const;
}

function fromFacts(facts: ReturnType<typeof toFacts>, bytes: Buffer, text: number): RenderedArticle {
  const [ref, sourceId, id, language, published, updated, whole, light, order, parts] = facts;
  return {
    ref,
    sourceId,
    id,
    language,
    publishedAt: new Date(published),
    updatedAt: updated === null ? null : new Date(updated),
    weight: { whole, light },
    order,
    bytes,
    offsets: parts.map((offset) => text + offset),
  };
}
