/** Applies the editor's rules to articles: drops, holds and tags them, and changes headlines. */

import {
  listConditionGroups,
  parseExpression,
  type Rule,
  type RuleConditions,
  type RuleFilter,
  type RulePlace,
} from '../model/rule.js';
import type { SourceId } from '../model/source.js';
import { toOneLine } from '../text/cut.js';
import {
  createConditionFinder,
  type FoundCondition,
  isExpression,
  listConditions,
  type RuledArticle,
} from './conditions.js';
import { loadExpressions, type ReadExpression } from './expression.js';

export interface SiteRules {
  readonly common: readonly Rule[];
  /** Rules of one source, applied before the common ones. */
  readonly bySource: ReadonlyMap<SourceId, readonly Rule[]>;
}

export interface Ruling {
  /** The rule that drops it; null: none. */
  readonly dropped: MatchingRule | null;
  /** The rule for which it waits for the editor, if it is new; null: none. */
  readonly held: MatchingRule | null;
  /** The rule that shows only the newest articles of its source and day; null: none. */
  readonly limited: (MatchingRule & { readonly most: number }) | null;
  /** In their order. `set`: `+id` and `-id`. */
  readonly topics: readonly (MatchingRule & { readonly set: readonly string[] })[];
  /** The new headline, and the first rule that changed it; null: unchanged. */
  readonly retitled: { readonly title: string; readonly at: RulePlace } | null;
}

export interface MatchingRule {
  /** The rule and the values that matched: `drop title: live and category: Sports, unless author: Ada`. */
  readonly rule: string;
  readonly at: RulePlace;
}

export interface CompiledRules {
  apply(article: RuledArticle): Ruling;
}

/**
 * The source's rules come first; the first matching `drop` or `keep` decides, and no `hold` or `newest` after it is
 * tested. Every `retitle` and `topics` applies. Linear time.
 * @param elapsed milliseconds of a clock, to limit the time of expressions; see `loadExpressions`
 */
export async function compileRules(rules: SiteRules, elapsed = () => 0): Promise<CompiledRules> {
  const all = [rules.common, ...rules.bySource.values()].flat();
  const expression = all.some(hasExpression) ? await loadExpressions(elapsed) : null;
  const finder = createConditionFinder(all.flatMap(listConditionGroups), expression);
  const ofSources = new Map([...rules.bySource].map(([id, own]) => [id, [...own, ...rules.common]]));
  return {
    apply: (article) => {
      const own = ofSources.get(article.sourceId) ?? rules.common;
      const find = finder.createSearch(article);
      return {
        ...decide(own, find),
        topics: own.flatMap((rule) => findTopics(rule, find)),
        retitled: retitled(article.title, own, expression),
      };
    },
  };
}

function hasExpression(rule: Rule): boolean {
  if (rule.action === 'retitle') return rule.cut.some((value) => parseExpression(value) !== null);
  return listConditionGroups(rule)
    .flatMap(listConditions)
    .some(({ field, value }) => isExpression(field, value));
}

type Finds = ReturnType<ReturnType<typeof createConditionFinder>['createSearch']>;

function decide(rules: readonly Rule[], find: Finds): Pick<Ruling, 'dropped' | 'held' | 'limited'> {
  let held: Ruling['held'] = null;
  let limited: Ruling['limited'] = null;
  for (const rule of rules) {
    const { at } = rule;
    if (rule.action === 'newest') limited ??= { rule: formatNewestName(rule.most), at, most: rule.most };
    if (rule.action !== 'drop' && rule.action !== 'keep' && rule.action !== 'hold') continue;
    const found = matchFilter(rule.when, find);
    if (rule.action === 'keep')
      return { dropped: found === null ? { rule: formatKeepName(rule.when), at } : null, held, limited };
    if (found === null) continue;
    const name = formatMatchName(rule.action, found, rule.when);
    if (rule.action === 'drop') return { dropped: { rule: name, at }, held, limited };
    held ??= { rule: name, at };
  }
  return { dropped: null, held, limited };
}

function findTopics(rule: Rule, find: Finds): Ruling['topics'] {
  const found = rule.action === 'topics' ? matchFilter(rule.when, find) : null;
  if (rule.action !== 'topics' || found === null) return [];
  const { at, set, when } = rule;
  return [{ rule: formatMatchName(`topics ${set.join(' ')}`, found, when), at, set }];
}

function matchFilter({ groups, unless }: RuleFilter, find: Finds): readonly FoundCondition[] | null {
  const found: FoundCondition[] = [];
  for (const group of groups) {
    const one = find(group);
    if (one === null) return null;
    found.push(one);
  }
  return find(unless) === null ? found : null;
}

/** Whether the name is one that dropping or holding by this rule produces: see `MatchingRule.rule`. */
export function isDropName(name: string, rule: Rule): boolean {
  if (rule.action === 'retitle' || rule.action === 'topics') return false;
  if (rule.action === 'newest') return name === formatNewestName(rule.most);
  if (rule.action === 'keep') return name === formatKeepName(rule.when);
  const { groups } = rule.when;
  const end = unlessName(rule.when);
  const isRemainder = (rest: string, at: number): boolean => {
    if (at === groups.length) return rest === end;
    const before = at === 0 ? `${rule.action} ` : AND;
    return listConditions(groups[at]!).some((one) => {
      const part = `${before}${conditionName(one)}`;
      return rest.startsWith(part) && isRemainder(rest.slice(part.length), at + 1);
    });
  };
  return isRemainder(name, 0);
}

const AND = ' and ';

function formatMatchName(action: string, found: readonly FoundCondition[], filter: RuleFilter): string {
  return `${action} ${found.map(conditionName).join(AND)}${unlessName(filter)}`.replace(/ (?=$|,)/, '');
}

function formatNewestName(most: number): string {
  return `newest ${most} of a day`;
}

function formatKeepName(filter: RuleFilter): string {
  return `keep ${filter.groups.map(conditionNames).join(AND)}${unlessName(filter)}`;
}

function unlessName({ unless }: RuleFilter): string {
  const names = conditionNames(unless);
  return names === '' ? '' : `, unless ${names}`;
}

function conditionNames(conditions: RuleConditions): string {
  return listConditions(conditions).map(conditionName).join(', ');
}

function conditionName({ field, value }: FoundCondition): string {
  return `${field}: ${value}`;
}

/** null: unchanged, or nothing would be left. */
function retitled(title: string, rules: readonly Rule[], expression: ReadExpression | null): Ruling['retitled'] {
  let left = title;
  let at: RulePlace | null = null;
  for (const rule of rules) {
    if (rule.action !== 'retitle') continue;
    for (const value of rule.cut) {
      left = parseExpression(value) === null ? left.replaceAll(value, '') : expression!(value).cut(left);
    }
    if (left !== title) at ??= rule.at;
  }
  const line = toOneLine(left);
  return at === null || line === '' || line === title ? null : { title: line, at };
}
