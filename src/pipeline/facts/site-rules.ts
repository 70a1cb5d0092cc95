/** Derives the rules of a site from its settings. */
import type { Article } from '../../model/article.js';
import type { Rule } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import type { CompiledRules, Ruling, SiteRules } from '../../rules/rules.js';

/** Whether a rule of a source that left the config still hides it: readers must not see it now either. */
export function isStillHidden(
  { sourceId, hidden }: Pick<Article, 'sourceId' | 'hidden'>,
  { bySource }: Pick<SiteRules, 'bySource'>,
): boolean {
  return hidden?.by === 'rule' && !bySource.has(sourceId);
}

/** The title that rules produce. A title that rules set before the source left the config stays. */
export function resolveRuledTitle(
  { sourceId, retitled }: Pick<Article, 'sourceId' | 'retitled'>,
  { bySource }: Pick<SiteRules, 'bySource'>,
  ruling: Pick<Ruling, 'retitled'>,
): string | null {
  const isLeft = !bySource.has(sourceId);
  return isLeft && retitled !== null ? retitled : (ruling.retitled?.title ?? null);
}

export function toSiteRules({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): SiteRules {
  return { common: rules, bySource: new Map(sources.map(({ id, rules: own = [] }) => [id, own])) };
}

/** Sources with a rule of this kind, of their own or of all. */
export function listRuledSources(action: Rule['action'], { common, bySource }: SiteRules): ReadonlySet<SourceId> {
  const isOne = (rule: Rule) => rule.action === action;
  const isCommon = common.some(isOne);
  return new Set([...bySource].flatMap(([id, own]) => (isCommon || own.some(isOne) ? id : [])));
}

/** Meta key. It never goes back, so that dropped articles count as well. */
export const NEWEST_DAY = 'ruled-day';

/** The day of the newest article, from which rules count ages; null: no rule has applied to an age yet. */
export async function readNewestDay(store: Pick<Store, 'meta'>): Promise<number | null> {
  const day = await store.meta(NEWEST_DAY);
  return day === null ? null : Number(day);
}

export function toDay(date: Date): number {
  return Math.floor(date.getTime() / 86_400_000);
}

/** `newestDay`: counts ages, in whole days, so that rules change their results at most once a day; null: no ages. */
export async function loadRules(
  rules: SiteRules,
  elapsed?: () => number,
  newestDay: number | null = null,
): Promise<CompiledRules> {
  const { compileRules } = await import('../../rules/rules.js');
  const compiled = await compileRules(rules, elapsed);
  if (newestDay === null) return compiled;
  return {
    apply: ({ publishedAt = null, ...rest }) =>
      compiled.apply(publishedAt === null ? rest : { ...rest, age: newestDay - toDay(publishedAt) }),
  };
}
