/** Counts the terms of a whole site, by language and by source, for `weighBySite`. */
import type { SourceId } from '../../model/source.js';
import { type PackedVector, sourceScope } from '../../model/story.js';
import type { Reading } from '../text/reading.js';
import { SourceBoilerplate } from './source-boilerplate.js';
import { TermCounts } from './term-counts.js';
import { weighBySite } from './weigh.js';

type Counted = { readonly sourceId: SourceId; readonly reading: Reading };

export class SiteTerms {
  private readonly languages = new Map<string, TermCounts>();
  private readonly sources = new Map<string, SourceBoilerplate>();

  /** The same articles in the same order give the same weights. */
  count(articles: readonly Counted[]): void {
    for (const { sourceId, reading } of articles) {
      this.language(reading.language).add(reading.terms);
      const source = this.source(sourceId);
      source.add(reading.terms, reading.pages);
    }
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
