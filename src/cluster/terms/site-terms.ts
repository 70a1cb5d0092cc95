/** Counts the terms of a whole site, by language and by source, for `weighBySite`. */
import type { SourceId } from '../../model/source.js';
import { type PackedVector, sourceScope } from '../../model/story.js';
import type { Reading } from '../text/reading.js';
import { SourceBoilerplate } from './source-boilerplate.js';
import { TermCounts } from './term-counts.js';
import { weighBySite } from './weigh.js';

/** After these, a source counts at most as often as all others together: a flood must not make words common. */
const FIRST = 30;

type Counted = { readonly sourceId: SourceId; readonly reading: Reading };

export class SiteTerms {
  private readonly languages = new Map<string, TermCounts>();
  private readonly sources = new Map<string, SourceBoilerplate>();

  /** The same articles in the same order give the same weights. */
  count(articles: readonly Counted[]): void {
    const limits = this.limitSources(articles);
    for (const { sourceId, reading } of articles) {
      const source = this.source(sourceId);
      if (source.articles >= limits.get(`${reading.language} ${sourceId}`)!) continue;
      this.language(reading.language).add(reading.terms);
      source.add(reading.terms, reading.pages);
    }
  }

  /** By language and source, the number of articles to count. Considers all articles, so that their order does not matter. */
  private limitSources(articles: readonly Counted[]): ReadonlyMap<string, number> {
    const coming = new Map<string, number>();
    const increment = (key: string) => coming.set(key, (coming.get(key) ?? 0) + 1);
    for (const { sourceId, reading } of articles) {
      increment(reading.language);
      increment(`${reading.language} ${sourceId}`);
    }
    return new Map(
      articles.map(({ sourceId, reading: { language } }) => {
        const key = `${language} ${sourceId}`;
        const all = this.language(language).articles + coming.get(language)!;
        const others = all - this.source(sourceId).articles - coming.get(key)!;
        return [key, Math.max(FIRST, others)];
      }),
    );
  }

  /** Returns a function that computes vectors of articles from the current counts. */
  createWeigher(): (article: Counted) => PackedVector {
    const weigh = weighBySite(this.languages);
    return ({ sourceId, reading }) => weigh(reading, this.source(sourceId));
  }

  /** Each scope with its counts, to store. */
  *entries(): Iterable<readonly [string, Uint8Array]> {
    for (const [language, counts] of this.languages) yield [languagePrefix + language, counts.toBytes()];
    for (const [scope, boilerplate] of this.sources) yield [scope, boilerplate.toBytes()];
  }

  /** Restores counts from `entries`. The scopes in use (`listScopes`) must be present. */
  static from(entries: Iterable<readonly [string, Uint8Array]>): SiteTerms {
    const terms = new SiteTerms();
    for (const [scope, bytes] of entries) {
      if (scope.startsWith(languagePrefix))
        terms.languages.set(scope.slice(languagePrefix.length), TermCounts.from(bytes));
      else terms.sources.set(scope, SourceBoilerplate.from(bytes));
    }
    return terms;
  }

  private language(language: string): TermCounts {
    const counts = this.languages.get(language) ?? new TermCounts();
    this.languages.set(language, counts);
    return counts;
  }

  private source(sourceId: SourceId): SourceBoilerplate {
    const scope = sourceScope(sourceId);
    const boilerplate = this.sources.get(scope) ?? new SourceBoilerplate();
    this.sources.set(scope, boilerplate);
    return boilerplate;
  }
}

const languagePrefix = 'language ';

/** The scopes whose counts are needed to weigh these articles. */
export function listScopes(articles: readonly Counted[]): string[] {
  return [
    ...new Set(articles.map(({ reading }) => languagePrefix + reading.language)),
    ...new Set(articles.map(({ sourceId }) => sourceScope(sourceId))),
  ];
}
