/** Rules that hide, hold or tag articles or change their headlines, as written in the config (docs/config.md). */

const WORD_FIELDS = ['title', 'text', 'category', 'author', 'url'] as const;
export const RULE_FIELDS = [...WORD_FIELDS, 'language', 'media', 'duration', 'age', 'paid'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export const RULE_MEDIA = ['audio', 'video', 'image'] as const;

/** Whether the values of a condition may be expressions. */
export function isWordField(field: string): field is (typeof WORD_FIELDS)[number] {
  return WORD_FIELDS.some((one) => one === field);
}

export interface RuleLimit {
  readonly isBelow: boolean;
  /** Seconds of a duration, days of an age. */
  readonly limit: number;
}

const UNITS: Readonly<Record<'duration' | 'age', Readonly<Record<string, number>>>> = {
  duration: { s: 1, m: 60, h: 3600 },
  age: { d: 1 },
};

/** `<90s`, `>2h`: how long an attached audio or video lasts. `>3d`: the age of an article. null: not a limit. */
export function parseLimit(field: 'duration' | 'age', value: string): RuleLimit | null {
  const [, sign, number, unit = ''] = /^([<>]) ?(\d{1,6})([a-z])$/.exec(value) ?? [];
  const scale = UNITS[field][unit];
  return scale === undefined ? null : { isBelow: sign === '<', limit: Number(number) * scale };
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

/**
 * `keep`: shows matching articles regardless of later rules, hides all others. `hold`: new articles wait for the editor.
 * `newest`: shows so many articles of a source and day (UTC). `retitle`: removes pieces.
 */
export type Rule = { readonly at: RulePlace } & (
  | { readonly action: 'drop' | 'keep' | 'hold'; readonly when: RuleFilter }
  | { readonly action: 'topics'; readonly when: RuleFilter; readonly set: readonly string[] }
  | { readonly action: 'newest'; readonly most: number }
  | { readonly action: 'retitle'; readonly cut: readonly string[] }
);

export function listConditionGroups(rule: Rule): readonly RuleConditions[] {
  return 'when' in rule ? [...rule.when.groups, rule.when.unless] : [];
}

/** Parses `/…/` or `/…/i` (ignore case) as a regular expression in RE2 syntax. null: plain words. */
export function parseExpression(value: string): { readonly source: string; readonly ignoreCase: boolean } | null {
  const [, source, flag] = /^\/(.+)\/(i?)$/s.exec(value) ?? [];
  return source === undefined ? null : { source, ignoreCase: flag === 'i' };
}

/** In `url`, letters and slashes alone are part of a path, not an expression: `/deals/`. */
export function parseAddressExpression(value: string): ReturnType<typeof parseExpression> {
  return /^[\w~%/-]*$/.test(value) ? null : parseExpression(value);
}
