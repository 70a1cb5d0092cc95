/** Resolves rules with their place in the config, and checks them beyond their shape. */

import { relative, resolve } from 'node:path';
import type { ConfigProblem } from '../model/errors.js';
import { isWordField, parseAddressExpression, parseExpression, RULE_FIELDS, type Rule } from '../model/rule.js';
import { isRecord } from '../text/record.js';
import { readListKey } from './cross-checks.js';
import type { ConfigText } from './files.js';
import type { WrittenRule } from './schema.js';
import type { Path } from './yaml.js';

/** Passed in because the expression engine belongs to `rules/`. */
export interface ExpressionKnowledge {
  /** The problem of `/…/`; null if it compiles. */
  expressionProblem(written: string): Promise<string | null>;
}

/** `path`: of the list in the config. The rules must have passed all checks. */
export function resolveRules(
  written: readonly WrittenRule[],
  path: Path,
  text: Pick<ConfigText, 'problem'>,
  root: string,
): readonly Rule[] {
  return written.map(({ drop, keep, hold, topics, newest, retitle }, index) => {
    const { file, line } = text.problem([...path, index], '');
    const at = { file: relative(root, resolve(file)).replaceAll('\\', '/'), line };
    if (retitle !== undefined) return { at, action: 'retitle', cut: retitle.cut };
    if (newest !== undefined) return { at, action: 'newest', most: newest };
    if (topics !== undefined) return { at, action: 'topics', ...topics };
    if (hold !== undefined) return { at, action: 'hold', when: hold };
    return { at, action: drop === undefined ? 'keep' : 'drop', when: (drop ?? keep)! };
  });
}

export async function checkEditorRules(text: ConfigText, knowledge: ExpressionKnowledge): Promise<ConfigProblem[]> {
  const lists: [Path, readonly unknown[]][] = [
    ...readListKey(text.value, 'sources').map((source, i): [Path, readonly unknown[]] => [
      ['sources', i, 'rules'],
      readListKey(source, 'rules'),
    ]),
    [['rules'], readListKey(text.value, 'rules')],
  ];
  const rules = lists.flatMap(([path, list]) => list.map((rule, i): [Path, unknown] => [[...path, i], rule]));
  const found = await Promise.all(rules.map(([path, rule]) => checkRule(path, rule, text, knowledge)));
  return found.flat();
}

const ACTIONS = ['drop', 'keep', 'hold', 'topics', 'newest', 'retitle'];

async function checkRule(
  path: Path,
  rule: unknown,
  text: ConfigText,
  knowledge: ExpressionKnowledge,
): Promise<ConfigProblem[]> {
  if (!isRecord(rule)) return [];
  const actions = ACTIONS.filter((action) => action in rule);
  if (actions.length !== 1) {
    const present = actions.length === 0 ? 'none' : actions.join(' and ');
    return [text.problem(path, `a rule needs exactly one of ${ACTIONS.join(', ')}; this one has ${present}`)];
  }
  const [action = ''] = actions;
  const parts = rule[action];
  const at = [...path, action];
  if (action === 'retitle') return await checkExpressions(at, parts, text, knowledge);
  if (isRecord(parts) && parts.all !== undefined && !Array.isArray(parts.all)) return []; // the schema reports it
  const groups = listGroups(at, parts);
  if (groups.length > 0 && groups.every(({ conditions }) => hasNoConditions(conditions)))
    return [text.problem(at, `no condition: add at least one of ${RULE_FIELDS.join(', ')}`)];
  const unless = { at: [...at, 'unless'], conditions: isRecord(parts) ? parts.unless : undefined };
  const [field, problem] = UNFIT[action] ?? [];
  const unfit = [...groups, unless].find((one) => isRecord(one.conditions) && field !== undefined && field in one.conditions); // biome-ignore format: one condition
  if (unfit !== undefined) return [text.problem([...unfit.at, field!], problem!)];
  const expressions = [...groups, unless].map((group) => checkExpressions(group.at, group.conditions, text, knowledge));
  return (await Promise.all(expressions)).flat();
}

/** A condition that an action cannot use. */
const UNFIT: Readonly<Record<string, readonly [field: string, problem: string]>> = {
  topics: ['age', 'topics do not change with age: remove it'],
  hold: ['paid', 'known only after an article is held or published: use drop'],
};

interface Group {
  readonly at: Path;
  readonly conditions: unknown;
}

function listGroups(at: Path, parts: unknown): Group[] {
  if (!isRecord(parts)) return [];
  const { all: _, unless: __, ...own } = parts;
  return [
    { at, conditions: own },
    ...readListKey(parts, 'all').map((conditions, i) => ({ at: [...at, 'all', i], conditions })),
  ];
}

async function checkExpressions(
  path: Path,
  parts: unknown,
  text: ConfigText,
  knowledge: ExpressionKnowledge,
): Promise<ConfigProblem[]> {
  const values = Object.keys(isRecord(parts) ? parts : {}).flatMap((field) =>
    readListKey(parts, field).map((value, i) => ({ field, value, at: [...path, field, i] })),
  );
  const problems = values.map(async ({ field, value, at }) => {
    const read = field === 'url' ? parseAddressExpression : parseExpression;
    if (typeof value !== 'string' || !(isWordField(field) || field === 'cut')) return [];
    if (field !== 'url' && /^\/.+\/[a-z]+$/i.test(value) && read(value) === null)
      return [text.problem(at, 'unknown flags: only "i" may follow an expression, as in "/…/i"')];
    if (read(value) === null) return [];
    const problem = await knowledge.expressionProblem(value);
    return problem === null ? [] : [text.problem(at, `not a valid RE2 expression: ${problem}`)];
  });
  return (await Promise.all(problems)).flat();
}

function hasNoConditions(conditions: unknown): boolean {
  const isEmpty = ([field, list]: [string, unknown]) =>
    RULE_FIELDS.some((one) => one === field) && Array.isArray(list) && list.length === 0;
  return isRecord(conditions) && Object.entries(conditions).every(isEmpty);
}
