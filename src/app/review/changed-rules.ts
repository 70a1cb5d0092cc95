/** Lists the shown articles that the rules of a changed config drop, by rule. */
import type { ArticleRef } from '../../model/article.js';
import type { RulePlace } from '../../model/rule.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import { findRulePlace } from '../explain/explain-rules.js';
import { readStore } from '../open-store.js';
import { type ExampleArticle, readExamples } from './examples.js';
import type { StoreSnapshot } from './store-snapshot.js';

export interface ReviewedRule {
  /** The rule and its match: `drop title: horoscope`. */
  readonly rule: string;
  readonly at: RulePlace | null;
  readonly articles: number;
  readonly examples: readonly ExampleArticle[];
}

interface ReviewedRules {
  /** Most articles first, including those of new sources. */
  readonly drops: readonly ReviewedRule[];
  readonly shownAgain: number;
}

export async function findDroppingRules(
  settings: Settings,
  {
    before,
    after,
    store: at,
  }: { readonly before: StoreSnapshot; readonly after: StoreSnapshot; readonly store: StoreSettings },
): Promise<ReviewedRules> {
  const newly = [...after.dropped].filter((ref) => !before.dropped.has(ref));
  const articles = await readStore(at, (store) => store.articles(newly));
  const byRule = new Map<string, { readonly at: RulePlace | null; readonly refs: ArticleRef[] }>();
  for (const { ref, sourceId, hidden } of articles.toReversed()) {
    if (hidden?.by !== 'rule') continue; // also hidden by the desk
    const entry = byRule.get(hidden.rule) ?? { at: findRulePlace(hidden.rule, sourceId, settings), refs: [] };
    byRule.set(hidden.rule, entry);
    entry.refs.push(ref);
  }
  const examples = await readExamples(new Map([...byRule].map(([rule, { refs }]) => [rule, refs])), at);
  const drops = [...byRule].map(([rule, { at: place, refs }]) => ({
    rule,
    at: place,
    articles: refs.length,
    examples: examples.get(rule) ?? [],
  }));
  return {
    drops: drops.sort((a, b) => b.articles - a.articles || (a.rule < b.rule ? -1 : 1)),
    shownAgain: [...before.dropped].filter((ref) => !after.dropped.has(ref)).length,
  };
}
