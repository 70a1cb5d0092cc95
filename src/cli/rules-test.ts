import type { TriedArticles, TriedRules } from '../app/rules/try-rules.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { applyNetworkOptions } from './import-file.js';
import { configOption, jsonOption, nowOption, readDisplaySettings } from './options.js';
import { formatRulePlace, formatRuling } from './rule-place.js';
import { formatCount } from './table.js';

export const rulesTestCommand: Command = {
  name: 'rules test',
  describe: 'show what the rules would do to stored and live articles',
  parameters: [
    {
      name: '[source]',
      describe: 'id of a source, address of a feed, or address of a stored article (default: all stored articles)',
    },
  ],
  options: [
    configOption,
    jsonOption,
    { flags: '--limit <n>', describe: 'number of examples for each rule', default: '5', read: readLimit },
    { flags: '--allow-private', describe: 'allow a loopback or private address for a feed that is not a source yet' },
    nowOption,
  ],
  examples: [
    ['newsloom rules test county-wire', 'shows dropped articles with rule and line, and changed headlines'],
    ['newsloom rules test', 'tests all stored articles'],
    ['newsloom rules test https://paper.example/feed', 'tests a feed that is not a source yet'],
    ['newsloom rules test county-wire --config trial.yaml', 'tests the rules of another file'],
  ],
  async run(context) {
    const { tryRules } = await import('../app/rules/try-rules.js');
    const { value, signal, args } = context;
    const settings = await readDisplaySettings(context);
    const target = args[0] ?? null;
    const options = { limit: Number(value('limit')), now: value<Date>('now') ?? new Date(), signal };
    const tried = await tryRules(applyNetworkOptions(context, settings), target, options);
    if (tried === null) throw new UsageError(`"${target}" is neither a source id nor an address`);
    context.show(tried, () =>
      'kind' in tried ? `${tried.title} <${tried.url}>\n  ${formatRuling(tried.ruling)}` : formatTrial(tried),
    );
    return EXIT.ok;
  },
};

function readLimit(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`"${text}" is not a whole number up to 999999`);
  return Number(text);
}

function formatTrial({ stored, live }: TriedRules): string {
  return [
    ...(stored === null ? [] : formatTrialPart('stored', stored)),
    ...(live === null
      ? []
      : 'problem' in live
        ? [`live: not readable: ${live.problem}`]
        : formatTrialPart('live', live)),
  ].join('\n');
}

function formatTrialPart(what: string, { articles, rules, headlines, ...counts }: TriedArticles): string[] {
  const { dropped, held, retitled } = counts;
  const effects = `${dropped} dropped, ${held > 0 ? `${held} held, ` : ''}${retitled} with a changed headline`;
  return [
    `${what}: ${formatCount(articles, 'article')}, ${effects}`,
    ...rules.flatMap(({ rule, at, articles: count, examples }) => [
      `  ${rule} (${formatRulePlace(at)}): ${count}`,
      ...examples.map(({ title, url }) => `    ${title} <${url}>`),
    ]),
    ...headlines.flatMap(({ from, to, at }) => [`  headline (${formatRulePlace(at)}): ${from}`, `    -> ${to}`]),
  ];
}
