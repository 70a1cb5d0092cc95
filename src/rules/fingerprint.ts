/** Computes a fingerprint of rules, by which is known whether stored articles were looked at under others. */
import type { Rule } from '../model/rule.js';
import { contentDigest } from '../text/digest.js';
import type { SiteRules } from './rules.js';

/** Must be increased with every change of this folder, or of what it uses, that may rule otherwise about an article. */
const RULES_VERSION = 4;

/** Changes exactly when an article may be ruled otherwise, not with the lines where rules stand; null: there are no rules. */
export function rulesFingerprint({ common, bySource }: SiteRules): string | null {
  const own = [...bySource].filter(([, rules]) => rules.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (common.length === 0 && own.length === 0) return null;
  const facts = [RULES_VERSION, common.map(essenceOf), own.map(([id, rules]) => [id, rules.map(essenceOf)])];
  return contentDigest(JSON.stringify(facts));
}

function essenceOf({ at: _, ...rule }: Rule): unknown {
  return rule;
}
