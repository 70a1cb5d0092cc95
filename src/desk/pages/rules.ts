/** Proposes rules for articles that the editor never wants, and shows what they drop. */
import { findStoredArticles } from '../../app/desk/find-articles.js';
import { listSourceNames } from '../../app/desk/names.js';
import { addRule, findRule, NEW_RULE_FIELDS, type NewRule, removeRule, tryNewRule } from '../../app/rules/edit-rules.js'; // biome-ignore format: one list
import type { Rule } from '../../model/rule.js';
import { FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const rulesView: View = {
  path: '/rules',
  label: 'Rules',
  addRoutes: ({ show, change }) => {
    show('/rules', showRules);
    change('/rules', saveRule, () => '/rules');
  },
};

/** null: no words yet. */
function readRule(text: (name: string) => string | null): NewRule | null {
  const [value, field] = [text('value')?.trim() ?? '', NEW_RULE_FIELDS.find((one) => one === text('field')) ?? 'title'];
  const action = text('action') === 'hold' ? 'hold' : 'drop';
  return value === '' ? null : { action, field, value, sourceId: text('source') || null };
}

async function showRules({ settings, query, desk, signal }: PageVisit): Promise<Page> {
  const rule = readRule((name) => query.get(name));
  const options = { limit: 10, now: desk.parts.now(), signal };
  const words = query.get('article') ?? '';
  const found = words === '' ? null : await findStoredArticles(settings, { words }, { from: 0, count: 1 });
  const data = {
    ...{ rule, fields: NEW_RULE_FIELDS, nameRule, rules: settings.rules ?? [], sources: settings.sources },
    names: listSourceNames(settings),
    article: found?.articles[0] ?? null,
    tried: await tryNewRule(settings, rule, options),
  };
  return { title: 'Rules', template: 'rules', data };
}

/** Identifies it whatever its place is. */
function nameRule({ at: _, ...rule }: Rule): string {
  return JSON.stringify(rule);
}

async function saveRule({ settings, form, desk }: Act): Promise<string> {
  const [configPath, load] = [desk.parts.configPath, () => desk.parts.load('fresh')];
  if (form.has('remove')) {
    const sourceId = form.text('source') || null;
    const { rules = [] } = sourceId === null ? settings : (settings.sources.find(({ id }) => id === sourceId) ?? {});
    const place = rules.findIndex((one) => nameRule(one) === form.text('remove'));
    if (place < 0) throw new FormError('This rule was changed or removed meanwhile.');
    await removeRule(configPath, load, sourceId, place);
    return 'Rule removed';
  }
  const rule = readRule((name) => form.text(name));
  if (rule === null) throw new FormError('The words of the rule are missing.');
  if (findRule(settings, rule) >= 0) throw new FormError('This rule exists already.');
  await addRule(configPath, load, rule);
  return `Articles with “${rule.value}” ${rule.action === 'drop' ? 'are dropped' : 'wait for review'}`;
}
