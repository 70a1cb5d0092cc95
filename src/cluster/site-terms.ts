/** The term counts of a whole site, by language and by source: what makes `weighBySite` know the site. */
import type { SourceId } from '../model/source.js';
import type { Reading } from './reading.js';
import { TermCounts } from './term-counts.js';
import type { Vector } from './vector.js';
import { weighBySite } from './weigh.js';

type Told = { readonly sourceId: SourceId; readonly reading: Reading };

export class SiteTerms {
  private readonly byLanguage = new Map<string, TermCounts>();
  private readonly bySource = new Map<string, TermCounts>();

  /** Counts articles. The same ones in the same order give the same weights. */
  count(articles: readonly Told[]): void {
    for (const { sourceId, reading } of articles) {
      this.of(scopeOfLanguage(reading.language)).add(reading.terms);
      this.of(scopeOfSource(sourceId)).add(reading.terms);
    }
  }

  /** The vectors of articles, by what has been counted so far. */
  weigh(articles: readonly Told[]): Vector[] {
    const weigh = weighBySite(this.byLanguage);
    return articles.map(({ sourceId, reading }) => weigh(reading, this.of(scopeOfSource(sourceId))));
  }

  /** For the store: each scope with its counts. */
  *entries(): Iterable<readonly [string, Uint8Array]> {
    for (const [language, counts] of this.byLanguage) yield [scopeOfLanguage(language), counts.toBytes()];
    for (const [source, counts] of this.bySource) yield [scopeOfSource(source), counts.toBytes()];
  }

  /** From the store: what `entries` gave, as far as these articles need it (`scopesOf`). */
  static from(entries: Iterable<readonly [string, Uint8Array]>): SiteTerms {
    const terms = new SiteTerms();
    for (const [scope, bytes] of entries) {
      const { table, key, kind } = terms.place(scope);
      table.set(key, TermCounts.from(bytes, kind));
    }
    return terms;
  }

  private of(scope: string): TermCounts {
    const { table, key, kind } = this.place(scope);
    const counts = table.get(key) ?? new TermCounts(kind);
    table.set(key, counts);
    return counts;
  }

  private place(scope: string) {
    const kind = scope.startsWith(languagePrefix) ? ('site' as const) : ('source' as const);
    const table = kind === 'site' ? this.byLanguage : this.bySource;
    return { table, key: scope.slice(scope.indexOf(' ') + 1), kind };
  }
}

const languagePrefix = 'language ';

/** The scopes whose counts weighing these articles needs. */
export function scopesOf(articles: readonly Told[]): string[] {
  return [
    ...new Set(
      articles.flatMap(({ sourceId, reading }) => [scopeOfLanguage(reading.language), scopeOfSource(sourceId)]),
    ),
  ];
}

function scopeOfLanguage(language: string): string {
  return languagePrefix + language;
}

function scopeOfSource(sourceId: SourceId): string {
  return `source ${sourceId}`;
}
