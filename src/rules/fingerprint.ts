/** Computes a fingerprint of rules. When it changes, stored articles are checked again. */
import type { Rule } from '../model/rule.js';
import { contentDigest } from '../text/digest.js';
import type { SiteRules } from './rules.js';

/** Increase it with every change of this folder, or of its dependencies, that may change a result. */
const RULES_VERSION = 4;

/**
 * Changes only if a result may change, not with line numbers of rules; null: no rules.
 * @param newestDay missing: no rule depends on it
 */
export function rulesFingerprint({ common, bySource }: SiteRules, newestDay: number | null = null): string | null {
  const own = [...bySource].filter(([, rules]) => rules.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (common.length === 0 && own.length === 0) return null;
  const facts = [RULES_VERSION, common.map(normalizeRule), own.map(([id, rules]) => [id, rules.map(normalizeRule)])];
  return contentDigest(JSON.stringify(newestDay === null ? facts : [...facts, newestDay]));
}

function normalizeRule({ at: _, ...rule }: Rule): unknown {
  return rule;
}
