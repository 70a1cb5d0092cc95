/** `newsloom rules test`: what the rules of the config do to a source's articles, before a run applies them. */
import type { TriedArticles, TriedRules } from '../app/rules/try-rules.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { reachOf } from './import-file.js';
import { configOption, jsonOption, nowOption, readToShow } from './options.js';
import { hintLines, rulePlaceLine, rulingLine } from './rule-place.js';
import { counted } from './table.js';

export const rulesTestCommand: Command = {
  name: 'rules test',
  describe: "show what the config's rules do to articles, stored and live, before a run applies them",
  parameters: [
    {
      name: '[source]',
      describe:
        'the id of a source, or the address of a feed or of a stored article (default: the stored articles of all)',
    },
  ],
  options: [
    configOption,
    jsonOption,
    { flags: '--limit <n>', describe: 'examples of each rule', default: '5', read: readLimit },
    { flags: '--allow-private', describe: 'a feed that is no source yet may stand on a loopback or private address' },
    nowOption,
  ],
  examples: [
    ['newsloom rules test county-wire', 'what is dropped, by which rule and line, and which headlines change'],
    ['newsloom rules test', 'to all that is stored'],
    ['newsloom rules test https://paper.example/feed', 'of a feed that is no source yet'],
    ['newsloom rules test county-wire --config trial.yaml', 'by the rules of another file'],
  ],
  async run(context) {
    const [{ tryRules }, { ruleHints }] = await Promise.all([
      import('../app/rules/try-rules.js'),
      import('../app/rules/rule-hints.js'),
    ]);
    const { value, signal, args } = context;
    const settings = await readToShow(context);
    const asked = args[0] ?? null;
    const options = { limit: Number(value('limit')), now: value<Date>('now') ?? new Date(), signal };
    const tried = await tryRules(reachOf(context, settings), asked, options);
    if (tried === null) throw new UsageError(`"${asked}" is neither the id of a source nor an address`);
    const hints = ruleHints(settings);
    const lines = () =>
      'kind' in tried ? `${tried.title} <${tried.url}>\n  ${rulingLine(tried.ruling)}` : triedLines(tried);
    context.show(tried, () => [lines(), ...hintLines(hints)].join('\n'));
    return EXIT.ok;
  },
};

function readLimit(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`"${text}" is no number, such as 5`);
  return Number(text);
}

function triedLines({ stored, live }: TriedRules): string {
  return [
    ...(stored === null ? [] : trialLines('stored', stored)),
    ...(live === null ? [] : 'problem' in live ? [`live: cannot be read: ${live.problem}`] : trialLines('live', live)),
  ].join('\n');
}

function trialLines(what: string, { articles, dropped, rules, retitled, headlines }: TriedArticles): string[] {
  return [
    `${what}: ${counted(articles, 'article')}, ${dropped} dropped, ${retitled} with another headline`,
    ...rules.flatMap(({ rule, at, articles: count, examples }) => [
      `  ${rule} (${rulePlaceLine(at)}): ${count}`,
      ...examples.map(({ title, url }) => `    ${title} <${url}>`),
    ]),
    ...headlines.flatMap(({ from, to, at }) => [`  headline (${rulePlaceLine(at)}): ${from}`, `    -> ${to}`]),
  ];
}
