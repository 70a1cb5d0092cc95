/** The rules of a site, out of its settings. */
import type { Article } from '../../model/article.js';
import type { Settings } from '../../model/settings.js';
import type { SiteRules } from '../../rules/rules.js';

/** Whether it is kept out by rules that left the config with its source: what readers did not see, they do not see then either. */
export function staysOut(
  { sourceId, hidden }: Pick<Article, 'sourceId' | 'hidden'>,
  { bySource }: Pick<SiteRules, 'bySource'>,
): boolean {
  return hidden?.by === 'rule' && !bySource.has(sourceId);
}

export function siteRulesOf({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): SiteRules {
  return { common: rules, bySource: new Map(sources.map(({ id, rules: own = [] }) => [id, own])) };
}
