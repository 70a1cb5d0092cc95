/** Finds the rules that drop or retitle an article, and counts what each rule drops. Only reads the store. */
import type { Article } from '../../model/article.js';
import type { Rule, RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import {
  isStillHidden,
  loadRules,
  readNewestDay,
  resolveRuledTitle,
  toSiteRules,
} from '../../pipeline/facts/site-rules.js';
import { isDropName, type Ruling } from '../../rules/rules.js';
import { readStore } from '../open-store.js';

export interface ExplainedRules {
  /** The rule that hides it, null: another reason or none. `at` null: the rule is no longer in the config. */
  readonly hiddenBy: { readonly rule: string; readonly at: RulePlace | null } | null;
  /** The rule for which it waits for the editor; null: none. */
  readonly heldBy: ExplainedRules['hiddenBy'];
  /** Its headline by a rule. `at` null: the rule is no longer in the config. */
  readonly headline: { readonly title: string; readonly at: RulePlace | null } | null;
  /** Decision of the current rules, if the next run changes the article; otherwise null. */
  readonly next: Ruling | null;
}

export async function explainRules(article: Article, settings: Settings): Promise<ExplainedRules> {
  const rules = toSiteRules(settings);
  const newestDay = await readStore(settings.store, readNewestDay);
  const ruling = (await loadRules(rules, undefined, newestDay)).apply(article);
  const { hidden, retitled, sourceId } = article;
  const rule = hidden?.by === 'rule' ? hidden.rule : null;
  const heldBy = hidden?.by === 'review' ? (hidden.rule ?? null) : null;
  const isStronger = hidden !== null && hidden.by !== 'rule' && hidden.by !== 'review';
  const isLimited = ruling.dropped === null && rule === (ruling.limited?.rule ?? null);
  const isSame = isStronger || isLimited || (ruling.dropped?.rule ?? null) === rule;
  const title = resolveRuledTitle(article, rules, ruling);
  return {
    hiddenBy: rule === null ? null : { rule, at: findRulePlace(rule, sourceId, settings) },
    heldBy: heldBy === null ? null : { rule: heldBy, at: findRulePlace(heldBy, sourceId, settings) },
    headline:
      retitled === null
        ? null
        : { title: retitled, at: retitled === ruling.retitled?.title ? ruling.retitled.at : null },
    next: isStillHidden(article, rules) || (isSame && title === retitled) ? null : ruling,
  };
}

export function findRulePlace(name: string, sourceId: SourceId, settings: Settings): RulePlace | null {
  return listSourceRules(sourceId, settings).find((rule) => isDropName(name, rule))?.at ?? null;
}

function listSourceRules(sourceId: SourceId, { rules = [], sources }: Settings): readonly Rule[] {
  return [...(sources.find(({ id }) => id === sourceId)?.rules ?? []), ...rules];
}

export interface RuleCount {
  /** null: the rule is no longer in the config. The next run shows its articles, except those of removed sources. */
  readonly at: RulePlace | null;
  readonly action: 'drop' | 'keep' | 'newest';
  readonly sourceId: SourceId | null;
  readonly dropped: number;
  /** By condition, the most frequent first: `drop title: horoscope`. */
  readonly conditions: readonly { readonly rule: string; readonly articles: number }[];
}

/** In evaluation order: rules of sources, common rules, rules no longer in the config. Throws StoreError. */
export async function countDropped(settings: Settings): Promise<readonly RuleCount[]> {
  const found = await readStore(settings.store, (store) => store.countDroppedByRules());
  const counts = new Map<Rule | null, Map<string, number>>();
  for (const { sourceId, rule: name, articles } of found) {
    const rule = listSourceRules(sourceId, settings).find((one) => isDropName(name, one)) ?? null;
    const ofRule = counts.get(rule) ?? new Map<string, number>();
    counts.set(rule, ofRule.set(name, (ofRule.get(name) ?? 0) + articles));
  }
  const rows = [
    ...settings.sources.flatMap(({ id, rules = [] }) => rules.map((rule) => toRuleCount(rule, id, counts))),
    ...(settings.rules ?? []).map((rule) => toRuleCount(rule, null, counts)),
  ];
  const gone = [...(counts.get(null) ?? [])].map(
    ([rule, articles]): RuleCount => ({
      at: null,
      action: (['keep', 'newest'] as const).find((one) => rule.startsWith(one)) ?? 'drop',
      sourceId: null,
      dropped: articles,
      conditions: [{ rule, articles }],
    }),
  );
  return [...rows.flatMap((row) => row ?? []), ...gone];
}

/** null: a rule that cannot drop articles. */
function toRuleCount(
  rule: Rule,
  sourceId: SourceId | null,
  counts: ReadonlyMap<Rule | null, ReadonlyMap<string, number>>,
): RuleCount | null {
  if (rule.action !== 'drop' && rule.action !== 'keep' && rule.action !== 'newest') return null;
  const conditions = [...(counts.get(rule) ?? [])]
    .map(([name, articles]) => ({ rule: name, articles }))
    .sort((a, b) => b.articles - a.articles || (a.rule < b.rule ? -1 : 1));
  const dropped = conditions.reduce((sum, { articles }) => sum + articles, 0);
  return { at: rule.at, action: rule.action, sourceId, dropped, conditions };
}
