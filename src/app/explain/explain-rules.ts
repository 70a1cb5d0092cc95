/** Names the rules behind an article's absence or headline, and counts what each rule drops. Only reads the store. */
import type { Article } from '../../model/article.js';
import type { Rule, RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { ruledTitle, siteRulesOf, staysOut } from '../../pipeline/facts/site-rules.js';
import { compileRules, isNameOf, type Ruling } from '../../rules/rules.js';
import { readStore } from '../open-store.js';

export interface ExplainedRules {
  /** The rule that hides it. `at` null: it no longer stands in the config. null: no rule, or something stronger. */
  readonly hiddenBy: { readonly rule: string; readonly at: RulePlace | null } | null;
  /** The headline that it has by a rule. `at` null: the rule no longer stands in the config. */
  readonly headline: { readonly title: string; readonly at: RulePlace | null } | null;
  /** What the config's rules make of it now, where the next run will change something; else null. */
  readonly next: Ruling | null;
}

export async function explainRules(article: Article, settings: Settings): Promise<ExplainedRules> {
  const rules = siteRulesOf(settings);
  const ruling = (await compileRules(rules)).apply(article);
  const { hidden, retitled, sourceId } = article;
  const rule = hidden?.by === 'rule' ? hidden.rule : null;
  const isStronger = hidden !== null && hidden.by !== 'rule' && hidden.by !== 'review';
  const isSame = isStronger || (ruling.dropped?.rule ?? null) === rule;
  const title = ruledTitle(article, rules, ruling);
  return {
    hiddenBy: rule === null ? null : { rule, at: placeOfRule(rule, sourceId, settings) },
    headline:
      retitled === null
        ? null
        : { title: retitled, at: retitled === ruling.retitled?.title ? ruling.retitled.at : null },
    next: staysOut(article, rules) || (isSame && title === retitled) ? null : ruling,
  };
}

/** null: no rule of the config has this name. */
export function placeOfRule(name: string, sourceId: SourceId, settings: Settings): RulePlace | null {
  return rulesFor(sourceId, settings).find((rule) => isNameOf(name, rule))?.at ?? null;
}

function rulesFor(sourceId: SourceId, { rules = [], sources }: Settings): readonly Rule[] {
  return [...(sources.find(({ id }) => id === sourceId)?.rules ?? []), ...rules];
}

export interface RuleCount {
  /** null: the rule no longer stands in the config; the next run shows its articles, but for those of sources that left. */
  readonly at: RulePlace | null;
  readonly action: 'drop' | 'keep';
  /** Whose rule it is; null: of all sources. */
  readonly sourceId: SourceId | null;
  /** Stored articles that it drops. */
  readonly dropped: number;
  /** By condition, the most first: `drop title: horoscope`. */
  readonly conditions: readonly { readonly rule: string; readonly articles: number }[];
}

/** In the order in which rules are asked: those of sources, then the common ones, then those that are gone. Throws StoreError. */
export async function countDropped(settings: Settings): Promise<readonly RuleCount[]> {
  const found = await readStore(settings.store, (store) => store.droppedByRules());
  const counts = new Map<Rule | null, Map<string, number>>();
  for (const { sourceId, rule: name, articles } of found) {
    const rule = rulesFor(sourceId, settings).find((one) => isNameOf(name, one)) ?? null;
    const ofRule = counts.get(rule) ?? new Map<string, number>();
    counts.set(rule, ofRule.set(name, (ofRule.get(name) ?? 0) + articles));
  }
  const rows = [
    ...settings.sources.flatMap(({ id, rules = [] }) => rules.map((rule) => rowOf(rule, id, counts))),
    ...(settings.rules ?? []).map((rule) => rowOf(rule, null, counts)),
  ];
  const gone = [...(counts.get(null) ?? [])].map(
    ([rule, articles]): RuleCount => ({
      at: null,
      action: rule.startsWith('keep') ? 'keep' : 'drop',
      sourceId: null,
      dropped: articles,
      conditions: [{ rule, articles }],
    }),
  );
  return [...rows.flatMap((row) => row ?? []), ...gone];
}

/** null: the rule drops nothing by its nature. */
function rowOf(
  rule: Rule,
  sourceId: SourceId | null,
  counts: ReadonlyMap<Rule | null, ReadonlyMap<string, number>>,
): RuleCount | null {
  if (rule.action === 'retitle') return null;
  const conditions = [...(counts.get(rule) ?? [])]
    .map(([name, articles]) => ({ rule: name, articles }))
    .sort((a, b) => b.articles - a.articles || (a.rule < b.rule ? -1 : 1));
  const dropped = conditions.reduce((sum, { articles }) => sum + articles, 0);
  return { at: rule.at, action: rule.action, sourceId, dropped, conditions };
}
