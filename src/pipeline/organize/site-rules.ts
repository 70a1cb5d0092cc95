/** The rules of a site, out of its settings. */
import type { Settings } from '../../model/settings.js';
import type { SiteRules } from '../../rules/rules.js';

export function siteRulesOf({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): SiteRules {
  return { common: rules, bySource: new Map(sources.map(({ id, rules: own = [] }) => [id, own])) };
}
