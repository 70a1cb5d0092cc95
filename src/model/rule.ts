/** Rules by which an editor keeps articles out or corrects their headlines, as written in the config (docs/config.md). */

export const RULE_FIELDS = ['title', 'text', 'category', 'author', 'url', 'language', 'media'] as const;
/** A part of an article that conditions look at. */
export type RuleField = (typeof RULE_FIELDS)[number];

/** What `media` may ask for. */
export const RULE_MEDIA = ['audio', 'video', 'image'] as const;

/** Values by field, as written; one that is found is enough. */
export type RuleConditions = Readonly<Partial<Record<RuleField, readonly string[]>>>;

/** Which articles a rule finds. */
export interface RuleFilter {
  /** Groups of conditions, at least one: each must be fulfilled by one of its conditions. */
  readonly groups: readonly RuleConditions[];
  /** What one of these is found in is not found. Without fields: nothing is excepted. */
  readonly unless: RuleConditions;
}

/** Where a rule stands: the file as seen from the site's root, the line counted from 1. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * `drop`: what it finds is not shown. `keep`: what it finds is shown, whatever rules follow, and nothing else. `retitle`: pieces that are
 * cut out of the headline.
 */
export type Rule = { readonly at: RulePlace } & (
  | { readonly action: 'drop' | 'keep'; readonly when: RuleFilter }
  | { readonly action: 'retitle'; readonly cut: readonly string[] }
);

/** `/…/`, or `/…/i` where capitals make no difference: a regular expression in the syntax of RE2. null: plain words. */
export function expressionIn(value: string): { readonly source: string; readonly ignoreCase: boolean } | null {
  const [, source, flag] = /^\/(.+)\/(i?)$/s.exec(value) ?? [];
  return source === undefined ? null : { source, ignoreCase: flag === 'i' };
}

/** In `url`, letters and slashes alone are a part of the path rather than an expression: `/deals/`. */
export function addressExpressionIn(value: string): ReturnType<typeof expressionIn> {
  return /^[\w~%/-]*$/.test(value) ? null : expressionIn(value);
}
