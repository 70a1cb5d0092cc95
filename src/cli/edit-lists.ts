/** The commands that add and remove phrases of topics, and rules. */
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { chooseConfigPath, configOption, jsonOption, readSettings } from './options.js';

export function createPhrasesCommand(verb: 'add' | 'remove'): Command {
  return {
    name: `topics ${verb}`,
    describe: `${verb} phrases of a topic in the config`,
    parameters: [
      { name: '<topic>', describe: 'id of the topic' },
      { name: '<phrases...>', describe: 'words that give the topic; quote several words' },
    ],
    options: [configOption, jsonOption],
    examples: [[`newsloom topics ${verb} harbour quay "fish market"`, 'stored articles change with the next build']],
    async run(context) {
      const { editPhrases } = await import('../app/edit-topics.js');
      const [id = '', ...phrases] = context.args;
      const load = () => readSettings(context, 'fresh', 'sent');
      const { topics } = await load();
      requireKnown('topic', [id], topics);
      const old = topics.find((topic) => topic.id === id)?.any ?? [];
      const any = verb === 'add' ? [...new Set([...old, ...phrases])] : old.filter((one) => !phrases.includes(one));
      if (any.length === old.length) throw new UsageError(`nothing to ${verb}: ${id} has ${old.join(', ')}`);
      const file = await editPhrases(chooseConfigPath(context), load, id, { any });
      context.show({ file, topic: id, any }, () => `${file}: ${id} has ${any.join(', ') || 'no phrases'}`);
      return EXIT.ok;
    },
  };
}

export function createRuleCommand(verb: 'add' | 'remove'): Command {
  const isNew = verb === 'add';
  return {
    name: `rules ${verb}`,
    describe: isNew ? 'add a rule that drops or holds articles' : 'remove a rule that `rules add` wrote',
    parameters: [{ name: '<words>', describe: 'a phrase, or an expression between slashes' }],
    options: [
      configOption,
      jsonOption,
      { flags: '--field <name>', describe: 'title, text, category, author or url', default: 'title' },
      { flags: '--hold', describe: 'matching new articles wait for review, instead of being dropped' },
      { flags: '--source <id>', describe: 'the source that has the rule (default: the section)' },
    ],
    examples: [[`newsloom rules ${verb} horoscope --source county-wire`, '`newsloom rules test` shows its effect']],
    async run(context) {
      const { addRule, findRule, NEW_RULE_FIELDS, removeRule } = await import('../app/rules/edit-rules.js');
      const load = () => readSettings(context, 'fresh', 'sent');
      const settings = await load();
      const sourceId = context.value('source') ?? null;
      if (sourceId !== null) requireKnown('source', [sourceId], settings.sources);
      const field = NEW_RULE_FIELDS.find((one) => one === context.value('field'));
      if (field === undefined) throw new UsageError(`--field must be one of ${NEW_RULE_FIELDS.join(', ')}`);
      const rule = {
        action: context.flag('hold') ? 'hold' : 'drop',
        field,
        value: context.args[0]!,
        sourceId,
      } as const;
      const place = findRule(settings, rule);
      if (place >= 0 === isNew) throw new UsageError(`the config has ${isNew ? 'this rule already' : 'no such rule'}`);
      const path = chooseConfigPath(context);
      const file = await (isNew ? addRule(path, load, rule) : removeRule(path, load, sourceId, place));
      context.show({ file, ...rule }, () => `${file}: rule ${isNew ? 'added' : 'removed'}`);
      return EXIT.ok;
    },
  };
}
