/** Written rules → rules with the place of each; and what is wrong with rules beyond their shape. */
import { relative, resolve } from 'node:path';
import {
  addressExpressionIn,
  expressionIn,
  RULE_FIELDS,
  type Rule,
  type RuleConditions,
} from '../../model/editing/rule.js';
import type { ConfigProblem } from '../../model/errors.js';
import { type ConfigText, isRecord } from '../files.js';
import type { WrittenRule } from '../schema.js';
import type { Path } from '../yaml.js';

/** Looks up expressions, passed in: their engine belongs to `rules/`. */
export interface ExpressionKnowledge {
  /** What is wrong with `/…/`; null: it compiles. */
  expressionProblem(written: string): Promise<string | null>;
}

/** `path`: of the list in the config. The rules must have passed all checks. */
export function resolvedRules(
  written: readonly WrittenRule[],
  path: Path,
  text: Pick<ConfigText, 'problem'>,
  root: string,
): readonly Rule[] {
  return written.map(({ drop, keep, retitle }, index) => {
    const { file, line } = text.problem([...path, index], '');
    const at = { file: relative(root, resolve(file)).replaceAll('\\', '/'), line };
    if (retitle !== undefined) return { at, action: 'retitle', cut: retitle.cut };
    return { at, action: drop === undefined ? 'keep' : 'drop', when: withoutEmpty(drop ?? keep ?? {}) };
  });
}

function withoutEmpty(conditions: NonNullable<WrittenRule['drop']>): RuleConditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, values]) => values.length > 0));
}

/** Accepts values of any shape, as `checkRules` does. */
export async function checkEditorRules(text: ConfigText, knowledge: ExpressionKnowledge): Promise<ConfigProblem[]> {
  const config = isRecord(text.value) ? text.value : {};
  const lists: [Path, unknown][] = [
    ...listOf(config.sources).map((source, i): [Path, unknown] => [
      ['sources', i, 'rules'],
      isRecord(source) ? source.rules : undefined,
    ]),
    [['rules'], config.rules],
  ];
  const rules = lists.flatMap(([path, list]) => listOf(list).map((rule, i): [Path, unknown] => [[...path, i], rule]));
  const found = await Promise.all(rules.map(([path, rule]) => problemsOfRule(path, rule, text, knowledge)));
  return found.flat();
}

const ACTIONS = ['drop', 'keep', 'retitle'];

async function problemsOfRule(
  path: Path,
  rule: unknown,
  text: ConfigText,
  knowledge: ExpressionKnowledge,
): Promise<ConfigProblem[]> {
  if (!isRecord(rule)) return [];
  const actions = ACTIONS.filter((action) => action in rule);
  if (actions.length !== 1) {
    const said = actions.length === 0 ? 'none' : actions.join(' and ');
    return [text.problem(path, `a rule has one of drop, keep and retitle; this one has ${said}`)];
  }
  const [action = ''] = actions;
  const parts = rule[action];
  if (action !== 'retitle' && isWithoutConditions(parts)) {
    const effect = action === 'drop' ? 'it would drop nothing' : 'it would drop everything';
    return [text.problem([...path, action], `no condition: ${effect}; name one of ${RULE_FIELDS.join(', ')}`)];
  }
  const values = (isRecord(parts) ? Object.entries(parts) : []).flatMap(([field, list]) =>
    listOf(list).map((value, i) => ({ field, value, at: [...path, action, field, i] })),
  );
  const problems = values.map(async ({ field, value, at }) => {
    const read = field === 'url' ? addressExpressionIn : expressionIn;
    if (typeof value !== 'string' || field === 'language' || field === 'media' || read(value) === null) return [];
    const problem = await knowledge.expressionProblem(value);
    return problem === null ? [] : [text.problem(at, `not an expression in the syntax of RE2: ${problem}`)];
  });
  return (await Promise.all(problems)).flat();
}

/** Not one with a mistake in it, which is told apart. */
function isWithoutConditions(parts: unknown): boolean {
  const isEmpty = ([field, list]: [string, unknown]) =>
    RULE_FIELDS.some((one) => one === field) && Array.isArray(list) && list.length === 0;
  return isRecord(parts) && Object.entries(parts).every(isEmpty);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
