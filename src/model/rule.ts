/** Rules that hide articles or change their headlines, as written in the config (docs/config.md). */

export const RULE_FIELDS = ['title', 'text', 'category', 'author', 'url', 'language', 'media', 'duration'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export const RULE_MEDIA = ['audio', 'video', 'image'] as const;

/** `<90s`, `>2h`: how long an attached audio or video lasts, in seconds; null: not a duration. */
export function parseDurationLimit(value: string): { readonly isShorter: boolean; readonly seconds: number } | null {
  const [, sign, number, unit = ''] = /^([<>]) ?(\d{1,6})([smh])$/.exec(value) ?? [];
  const scale = { s: 1, m: 60, h: 3600 }[unit];
  return scale === undefined ? null : { isShorter: sign === '<', seconds: Number(number) * scale };
}

/** Values by field, as written. One match is enough. */
export type RuleConditions = Readonly<Partial<Record<RuleField, readonly string[]>>>;

export interface RuleFilter {
  /** At least one group. Each group must match by one of its conditions. */
  readonly groups: readonly RuleConditions[];
  /** Exceptions: an article that matches one of these is not selected. Without fields: none. */
  readonly unless: RuleConditions;
}

/** Position of a rule: the file relative to the site's root, the line counted from 1. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
}

/** `keep`: shows matching articles regardless of later rules, hides all others. `retitle`: removes pieces. */
export type Rule = { readonly at: RulePlace } & (
  | { readonly action: 'drop' | 'keep'; readonly when: RuleFilter }
  | { readonly action: 'retitle'; readonly cut: readonly string[] }
);

/** Parses `/…/` or `/…/i` (ignore case) as a regular expression in RE2 syntax. null: plain words. */
export function parseExpression(value: string): { readonly source: string; readonly ignoreCase: boolean } | null {
  const [, source, flag] = /^\/(.+)\/(i?)$/s.exec(value) ?? [];
  return source === undefined ? null : { source, ignoreCase: flag === 'i' };
}

/** In `url`, letters and slashes alone are part of a path, not an expression: `/deals/`. */
export function parseAddressExpression(value: string): ReturnType<typeof parseExpression> {
  return /^[\w~%/-]*$/.test(value) ? null : parseExpression(value);
}
