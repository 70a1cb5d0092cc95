/** The `desk` commands that write. Each changes one entry of the desk file. */

import { describeDeskEntry, NOT_SHOWN } from '../app/desk/desk-words.js';
import type { Decided } from '../app/desk/edit-desk.js';
import type { Command, Context, Option } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { formatTitleMatches } from './explain-row.js';
import { configOption, jsonOption, readDay, readDisplaySettings, readIds } from './options.js';
import { formatRulePlace } from './rule-place.js';

const ARTICLE = {
  name: '<article>',
  describe: "any of its addresses, its id, its page's address, or words of its headline",
};
const ARTICLES = {
  name: '<articles...>',
  describe: "articles, each given by any of its addresses, its id, its page's address, or words of its headline",
};
const OTHER = { name: '[other]', describe: 'an article of the other story; not with --undo' };
const NOTE: Option = { flags: '--note <text>', describe: 'internal note' };
const UNDO: Option = { flags: '--undo', describe: 'withdraw the decision' };

const SOURCE: Option = { flags: '--source <id>', describe: 'all articles of this source that wait' };
const UNTIL: Option = { flags: '--until <day>', describe: 'the day that ends it, such as 2026-12-24', read: readDay };

/** One key of an entry. null withdraws it. */
type Decision = Readonly<Record<string, unknown>>;

interface ArticleDecision {
  readonly describe: string;
  readonly decision: Decision;
  readonly undo?: Decision;
  /** The key that can have an end. */
  readonly until?: string;
  /** Whether `--source` names all articles of a source in the queue. */
  readonly isQueued?: true;
  readonly example: string;
}

// biome-ignore format: one line each
const ARTICLE_DECISIONS = {
  hide: { describe: 'hide articles: remove them from every feed, page and archive', decision: { hide: true }, undo: { hide: null }, example: 'hidden after the next build; `desk show` shows it again' },
  takedown: { describe: 'take articles down: hide them, delete their text and never store it again', decision: { takedown: true }, undo: { takedown: null }, example: 'for requests of publishers or courts' },
  show: { describe: 'show hidden articles again; after a takedown, once the source delivers the text again', decision: { hide: null, takedown: null }, example: 'with its former id and date' },
  pin: { describe: 'pin articles to the top of the front page, in the order of the desk file', decision: { pin: true }, undo: { pin: null }, until: 'pin', example: '`newsloom desk pin --undo` unpins it, `--until 2026-12-24` limits it' },
  lead: { describe: 'make articles the lead of their stories', decision: { lead: true }, undo: { lead: null }, example: 'the story uses its headline' },
  approve: { describe: 'approve articles that wait in the queue', decision: { approve: true, hide: null }, undo: { approve: null }, isQueued: true, example: 'the next build publishes it with its own date' },
  reject: { describe: 'reject articles that wait in the queue', decision: { hide: true, approve: null }, undo: { hide: null }, isQueued: true, example: 'removed from the queue and never published' },
} satisfies Record<string, ArticleDecision>;

// biome-ignore format: one line each
const PAIR_DECISIONS = {
  join: { key: 'with', describe: 'move an article into the story of another; if it leads a story of several articles, all of them move', example: 'one story after the next build' },
  split: { key: 'apart', describe: 'keep an article out of the story of another', example: 'two stories after the next build' },
} as const;

export const deskOrderCommand: Command = {
  name: 'desk order',
  describe: 'sort pinned articles: the first one is on top of the front page, others follow',
  parameters: [ARTICLES],
  options: [configOption, jsonOption],
  examples: [['newsloom desk order https://paper.example/ferry', 'moves one pinned article to the top']],
  async run(context) {
    const { orderPins } = await import('../app/desk/edit-desk.js');
    const settings = await readDisplaySettings(context);
    const order = await orderPins(settings, context.args);
    if ('titled' in order) throw new UsageError(formatTitleMatches(order.asked, order.titled));
    if ('refused' in order) throw new UsageError(order.refused);
    context.show(order, () => order.map((article, i) => `${i + 1}. ${article}`).join('\n'));
    return EXIT.ok;
  },
};

export const deskTitleCommand: Command = {
  name: 'desk title',
  describe: 'replace the headline or summary of an article, or remove its picture',
  parameters: [ARTICLE, { name: '[title...]', describe: 'the new headline' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--summary <text>', describe: 'the new summary' },
    { flags: '--no-image', describe: 'show the article without a picture' },
    { flags: '--undo', describe: "restore the publisher's headline, summary and picture" },
    NOTE,
  ],
  examples: [
    ['newsloom desk title https://paper.example/ferry "Ferry sails again"', 'the page marks the headline as yours'],
    ['newsloom desk title https://paper.example/ferry --undo', "restores the publisher's headline and summary"],
  ],
  async run(context) {
    const [article = '', ...words] = context.args;
    const title = words.join(' ').trim() || undefined;
    const summary = context.value('summary');
    const image = context.value<boolean>('image') === false ? 'none' : undefined;
    if (context.flag('undo')) return await decideAll(context, [article], { title: null, summary: null, image: null });
    if (title === undefined && summary === undefined && image === undefined)
      throw new UsageError(
        'nothing to change: write the new headline after the article, or use --summary or --no-image',
      );
    return await decideAll(context, [article], { title, summary, image });
  },
};

export const deskRemarkCommand: Command = {
  name: 'desk remark',
  describe: "publish a remark beside an article, marked as the section's words",
  parameters: [ARTICLE, { name: '[remark...]', describe: 'the remark' }],
  options: [configOption, jsonOption, UNDO, NOTE],
  examples: [
    ['newsloom desk remark https://paper.example/ferry "We asked the ministry; no answer yet."', 'in feeds and pages'],
  ],
  async run(context) {
    const [article = '', ...words] = context.args;
    const remark = words.join(' ').trim();
    if (context.flag('undo')) return await decideAll(context, [article], { remark: null });
    if (remark === '') throw new UsageError('the remark is missing: write it after the article');
    return await decideAll(context, [article], { remark });
  },
};

export const deskTopicsCommand: Command = {
  name: 'desk topics',
  describe: 'add topics to an article or remove topics from it',
  parameters: [ARTICLE],
  options: [
    configOption,
    jsonOption,
    { flags: '--add <ids>', describe: 'topics to add, such as floods,weather', read: readIds },
    { flags: '--remove <ids>', describe: 'topics to remove', read: readIds },
    { flags: '--undo', describe: 'restore the automatically assigned topics' },
    NOTE,
  ],
  examples: [
    ['newsloom desk topics https://paper.example/ferry --add floods --remove weather', 'regardless of its text'],
  ],
  async run(context) {
    const [add = [], remove = []] = [context.value<string[]>('add'), context.value<string[]>('remove')];
    const both = add.find((id) => remove.includes(id));
    if (both !== undefined) throw new UsageError(`topic "${both}" is in both --add and --remove: use one of them`);
    await requireKnownTopics(context, [...add, ...remove]);
    const topics = [...add.map((id) => `+${id}`), ...remove.map((id) => `-${id}`)];
    if (topics.length === 0 && !context.flag('undo'))
      throw new UsageError('no topics given: use --add or --remove with topic ids');
    return await decideAll(context, context.args, { topics: context.flag('undo') ? null : topics });
  },
};

export function createArticleCommand(verb: keyof typeof ARTICLE_DECISIONS): Command {
  const { describe, decision, undo, until, isQueued, example }: ArticleDecision = ARTICLE_DECISIONS[verb];
  const options = [...(undo ? [UNDO] : []), ...(until ? [UNTIL] : []), ...(isQueued ? [SOURCE] : [])];
  return {
    name: `desk ${verb}`,
    describe,
    parameters: [isQueued ? { ...ARTICLES, name: '[articles...]' } : ARTICLES],
    options: [configOption, jsonOption, ...options, NOTE],
    examples: [[`newsloom desk ${verb} https://paper.example/ferry`, example]],
    run: async (context) => {
      const articles = isQueued ? await listQueuedArticles(context) : context.args;
      if (undo !== undefined && context.flag('undo')) return await decideAll(context, articles, undo);
      const day = until === undefined ? undefined : context.value<string>('until');
      return await decideAll(context, articles, day === undefined ? decision : { [until!]: { until: day } });
    },
  };
}

async function listQueuedArticles(context: Context): Promise<readonly string[]> {
  const source = context.value<string>('source');
  if (source === undefined && context.args.length > 0) return context.args;
  if (source === undefined) throw new UsageError('no articles given: name them, or use --source');
  if (context.flag('undo')) throw new UsageError('--undo needs the articles: those of --source still wait');
  const settings = await readDisplaySettings(context);
  requireKnown('source', [source], settings.sources);
  const { listQueue } = await import('../app/desk/list-desk.js');
  const waiting = (await listQueue(settings)).filter(({ sourceId }) => sourceId === source);
  if (waiting.length === 0) throw new UsageError(`no article of "${source}" is waiting`);
  return [...context.args, ...waiting.map(({ url, id }) => url ?? id)];
}

export function createPairCommand(verb: keyof typeof PAIR_DECISIONS): Command {
  const { key, describe, example } = PAIR_DECISIONS[verb];
  return {
    name: `desk ${verb}`,
    describe,
    parameters: [ARTICLE, OTHER],
    options: [configOption, jsonOption, UNDO, NOTE],
    examples: [[`newsloom desk ${verb} https://paper.example/ferry https://other.example/boat`, example]],
    run: (context) => {
      const [article = '', other] = context.args;
      if (context.flag('undo')) return decideAll(context, [article], { story: null });
      if (other === undefined)
        throw new UsageError('the other article is missing: name an article of the other story, too');
      return decideAll(context, [article], { story: { [key]: other } });
    },
  };
}

async function requireKnownTopics(context: Context, ids: readonly string[]): Promise<void> {
  if (context.flag('undo')) return;
  requireKnown('topic', ids, (await readDisplaySettings(context)).topics);
}

function omitUndefined(decision: Decision): Decision {
  return Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== undefined));
}

async function decideAll(context: Context, articles: readonly string[], wished: Decision) {
  const decision = omitUndefined(wished);
  const newKeys = omitUndefined({ ...decision, note: context.value('note') });
  const blank = Object.keys(newKeys).find((key) => typeof newKeys[key] === 'string' && newKeys[key].trim() === '');
  if (blank !== undefined) throw new UsageError(`--${blank} is empty: write a text or omit the option`);
  const { decide } = await import('../app/desk/edit-desk.js');
  const settings = await readDisplaySettings(context);
  const decided = await decide(settings, articles, newKeys);
  if ('titled' in decided) throw new UsageError(formatTitleMatches(decided.asked, decided.titled));
  if ('refused' in decided) throw new UsageError(decided.refused);
  context.show(decided, () => decided.map((one) => formatDecision(one, decision)).join('\n'));
  return EXIT.ok;
}

function formatDecision(one: Decided, decision: Decision): string {
  const { file, line, article, title, takenBack } = one;
  const made = describeDeskEntry(
    Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== null)),
    one.other ?? null,
  );
  const isMade = made.length > 0;
  const known = title === null ? article : `"${title}"`;
  const named = title === null && isMade ? `${known} (unknown article: the entry takes effect once it arrives)` : known; // biome-ignore format: one choice
  const said = isMade
    ? made.join(', ')
    : takenBack.length > 0
      ? `withdrawn: ${takenBack.join(', ')}`
      : 'no decision to withdraw';
  const applied =
    isMade || takenBack.length > 0 ? '; run `newsloom build` to apply it, unless a worker is running' : '';
  return `${file}${line === null ? '' : `:${line}`}: ${named}: ${said}${describeWhyNotShown(one) || applied}`;
}

/** Empty if the next build shows the article. */
function describeWhyNotShown({ droppedBy, notShown, otherNotShown }: Decided): string {
  if (droppedBy !== undefined) return `; not shown: dropped by ${droppedBy.rule} (${formatRulePlace(droppedBy.at)})`;
  // The rule was removed from the config, so it no longer hides the article.
  const own = notShown === undefined || notShown === 'rule' ? '' : `; not shown: ${NOT_SHOWN[notShown]}`;
  return own + (otherNotShown === undefined ? '' : `; the other article is not shown: ${NOT_SHOWN[otherNotShown]}`);
}
