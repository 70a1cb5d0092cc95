/** Adds rules to the config, and shows beforehand what they match among stored articles. */
import { isDeepStrictEqual } from 'node:util';
import { addToLists, changeListEntry, escapeReferences, removeFromList } from '../../config/edit/edit-list.js';
import { withFileLock } from '../../config/edit/file-lock.js';
import { refuseEdit } from '../../config/edit/refuse-edit.js';
import type { Rule, RuleField } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { isExpression } from '../../rules/conditions.js';
import { expressionProblem } from '../../rules/expression.js';
import { type TriedArticles, type TriedRules, type TryOptions, tryRules } from './try-rules.js';

export interface NewRule {
  readonly action: 'drop' | 'hold';
  readonly field: RuleField;
  readonly value: string;
  /** null: for all sources. */
  readonly sourceId: SourceId | null;
}

export const NEW_RULE_FIELDS = ['title', 'text', 'category', 'author', 'url'] as const;

/** Tries the rule after all others; null: only the others. Its place has no file. */
export async function tryNewRule(
  settings: Settings,
  made: NewRule | null,
  options: TryOptions,
): Promise<TriedArticles> {
  const { action = 'drop', field = 'title', value = '', sourceId = null } = made ?? {};
  const problem = isExpression(field, value) ? await expressionProblem(value) : null;
  if (problem !== null) refuseEdit(settings.configPath, 'rules', `not a valid RE2 expression: ${problem}`);
  const rule: Rule = { at: { file: '', line: 0 }, action, when: { groups: [{ [field]: [value] }], unless: {} } };
  const append = (rules: readonly Rule[] = []) => (made === null ? rules : [...rules, rule]);
  const sources = settings.sources.map((one) => (one.id === sourceId ? { ...one, rules: append(one.rules) } : one));
  const rules = sourceId === null ? append(settings.rules) : (settings.rules ?? []);
  return ((await tryRules({ ...settings, sources, rules }, null, options)) as TriedRules).stored!;
}

/** Adds it after the other rules of the section or of the source. Returns the changed file. Throws ConfigError; errors change nothing. */
export async function addRule(configPath: string, load: () => Promise<Settings>, made: NewRule): Promise<string> {
  const rule = { [made.action]: { [made.field]: [made.value] } };
  return await withFileLock(configPath, async () => {
    if (made.sourceId === null) return await addToLists(configPath, [['rules', [rule]]], load);
    const edit = (old: readonly object[] = []) => [...old, escapeReferences(rule)];
    return await editSourceRules(configPath, load, made.sourceId, edit);
  });
}

/** Its place among the rules of the section or of the source; -1: there is none that `addRule` would write like this. */
export function findRule({ rules, sources }: Settings, { sourceId, action, field, value }: NewRule): number {
  const all = sourceId === null ? rules : sources.find(({ id }) => id === sourceId)?.rules;
  const when = { groups: [{ [field]: [value] }], unless: {} };
  return (all ?? []).findIndex(
    (rule) => rule.action === action && 'when' in rule && isDeepStrictEqual(rule.when, when),
  );
}

/** `place`: among the rules of the source, or of the section (null). Returns and throws as above. */
export async function removeRule(
  configPath: string,
  load: () => Promise<Settings>,
  sourceId: SourceId | null,
  place: number,
): Promise<string> {
  return await withFileLock(configPath, async () => {
    if (sourceId === null) return await removeFromList(configPath, 'rules', place, load);
    return await editSourceRules(configPath, load, sourceId, (old = []) => old.filter((_, i) => i !== place));
  });
}

/** Refuses if the source has rules from its group or pack, which its own would replace. */
async function editSourceRules(
  configPath: string,
  load: () => Promise<Settings>,
  id: SourceId,
  rules: (old?: readonly object[]) => readonly object[],
): Promise<string> {
  const { sources } = await load();
  const index = sources.findIndex((one) => one.id === id);
  if (index < 0) refuseEdit(configPath, 'sources', `unknown source "${id}"`);
  const known = sources[index]?.rules?.length ?? 0;
  let written = 0;
  const edit = (old: readonly object[] = []) => {
    written = old.length;
    return rules(old);
  };
  const check = async () => {
    if (written !== known)
      refuseEdit(configPath, 'sources', `"${id}" has rules from its group or pack; edit them by hand`);
    return await load();
  };
  return await changeListEntry(configPath, 'sources', { index, id }, { rules: edit }, check);
}
