/** Derives the rules of a site from its settings. */
import type { Article } from '../../model/article.js';
import type { Settings } from '../../model/settings.js';
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

export async function loadRules(rules: SiteRules, elapsed?: () => number): Promise<CompiledRules> {
  const { compileRules } = await import('../../rules/rules.js');
  return await compileRules(rules, elapsed);
}
