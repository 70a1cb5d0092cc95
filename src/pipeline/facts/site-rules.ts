/** The rules of a site, out of its settings. */
import type { Article } from '../../model/article.js';
import type { Settings } from '../../model/settings.js';
import type { CompiledRules, Ruling, SiteRules } from '../../rules/rules.js';

/** Whether it is kept out by rules that left the config with its source: what readers did not see, they do not see then either. */
export function staysOut(
  { sourceId, hidden }: Pick<Article, 'sourceId' | 'hidden'>,
  { bySource }: Pick<SiteRules, 'bySource'>,
): boolean {
  return hidden?.by === 'rule' && !bySource.has(sourceId);
}

/** The headline that rules make of it; one that they made before its source left the config stays, as readers know it. */
export function ruledTitle(
  { sourceId, retitled }: Pick<Article, 'sourceId' | 'retitled'>,
  { bySource }: Pick<SiteRules, 'bySource'>,
  ruling: Pick<Ruling, 'retitled'>,
): string | null {
  const isLeft = !bySource.has(sourceId);
  return isLeft && retitled !== null ? retitled : (ruling.retitled?.title ?? null);
}

export function siteRulesOf({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): SiteRules {
  return { common: rules, bySource: new Map(sources.map(({ id, rules: own = [] }) => [id, own])) };
}

/** Loaded only if a text must be compared with the rules. */
export async function loadRules(rules: SiteRules): Promise<CompiledRules> {
  const { compileRules } = await import('../../rules/rules.js');
  return await compileRules(rules);
}
