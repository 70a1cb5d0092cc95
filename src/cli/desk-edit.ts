/** The commands of the desk that write: each changes one entry of the editor's file. */
import type { Decided } from '../app/desk/edit-desk.js';
import type { Command, Context, Option } from './command.js';
import { deskWords, NOT_SHOWN } from './desk-words.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { titledLines } from './explain-row.js';
import { configOption, jsonOption, readIds, readToShow } from './options.js';
import { rulePlaceLine } from './rule-place.js';

const ARTICLE = {
  name: '<article>',
  describe: 'any of its addresses, its id, the address of its page, or words of its headline',
};
const ARTICLES = { ...ARTICLE, name: '<articles...>' };
const OTHER = { name: '[other]', describe: 'an article of the other story; not with --undo' };
const NOTE: Option = { flags: '--note <text>', describe: 'why, for yourselves' };
const UNDO: Option = { flags: '--undo', describe: 'take the decision back' };

/** A key of the entry, as it is written and as it is taken back. */
type Decision = Readonly<Record<string, unknown>>;

export const deskHideCommand = forArticles({
  name: 'desk hide',
  describe: 'hide articles: out of every feed, page and archive',
  decision: { hide: true },
  undo: { hide: null },
  example: 'gone with the next build; `desk show` brings it back',
});

export const deskTakedownCommand = forArticles({
  name: 'desk takedown',
  describe: 'take articles down: hidden, the text forgotten and never taken again',
  decision: { takedown: true },
  undo: { takedown: null },
  example: 'as a publisher or a court may ask',
});

export const deskShowCommand = forArticles({
  name: 'desk show',
  describe: 'show hidden articles again; after a takedown once the source brings the text again',
  decision: { hide: null, takedown: null },
  example: 'under its id and date, as it was',
});

export const deskPinCommand = forArticles({
  name: 'desk pin',
  describe: "pin articles: first on the front page, in the file's order",
  decision: { pin: true },
  undo: { pin: null },
  example: 'until `newsloom desk pin --undo` takes it off',
});

export const deskLeadCommand = forArticles({
  name: 'desk lead',
  describe: 'let articles lead their stories',
  decision: { lead: true },
  undo: { lead: null },
  example: 'its story is told by it',
});

export const deskApproveCommand = forArticles({
  name: 'desk approve',
  describe: 'let articles of reviewed sources through',
  decision: { approve: true, hide: null },
  undo: { approve: null },
  example: 'published by the next build, under its own date',
});

export const deskRejectCommand = forArticles({
  name: 'desk reject',
  describe: 'keep articles of reviewed sources out',
  decision: { hide: true, approve: null },
  undo: { hide: null },
  example: 'out of the queue, and never published',
});

export const deskTitleCommand: Command = {
  name: 'desk title',
  describe: 'give an article a headline or a summary of your own, or take its picture off',
  parameters: [ARTICLE, { name: '[title...]', describe: 'the headline' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--summary <text>', describe: 'a summary of your own' },
    { flags: '--no-image', describe: 'show it without a picture' },
    { flags: '--undo', describe: "back to the publisher's headline, summary and picture" },
    NOTE,
  ],
  examples: [
    ['newsloom desk title https://paper.example/ferry "Ferry sails again"', 'the page says whose headline it is'],
    ['newsloom desk title https://paper.example/ferry --undo', "back to the publisher's words"],
  ],
  async run(context) {
    const [article = '', ...words] = context.args;
    const title = words.join(' ').trim() || undefined;
    const summary = context.value('summary');
    const image = context.value<boolean>('image') === false ? 'none' : undefined;
    if (context.flag('undo')) return await decideAll(context, [article], { title: null, summary: null, image: null });
    if (title === undefined && summary === undefined && image === undefined)
      throw new UsageError('write the headline behind the article, or give --summary or --no-image');
    return await decideAll(context, [article], { title, summary, image });
  },
};

export const deskTopicsCommand: Command = {
  name: 'desk topics',
  describe: 'add topics to an article, or take topics off',
  parameters: [ARTICLE],
  options: [
    configOption,
    jsonOption,
    { flags: '--add <ids>', describe: 'topics that it has too, such as floods,weather', read: readIds },
    { flags: '--remove <ids>', describe: 'topics that it has not', read: readIds },
    { flags: '--undo', describe: 'back to what the tagger says' },
    NOTE,
  ],
  examples: [
    ['newsloom desk topics https://paper.example/ferry --add floods --remove weather', 'whatever its text says'],
  ],
  async run(context) {
    const [add = [], remove = []] = [context.value<string[]>('add'), context.value<string[]>('remove')];
    const both = add.find((id) => remove.includes(id));
    if (both !== undefined) throw new UsageError(`"${both}" is to be added and removed: write one of the two`);
    await knownTopics(context, [...add, ...remove]);
    const topics = [...add.map((id) => `+${id}`), ...remove.map((id) => `-${id}`)];
    if (topics.length === 0 && !context.flag('undo')) throw new UsageError('give --add or --remove, and ids of topics');
    return await decideAll(context, context.args, { topics: context.flag('undo') ? null : topics });
  },
};

export const deskJoinCommand = withOther({
  name: 'desk join',
  describe: 'put an article into the story of another; where it leads a story of several, that comes along',
  decision: (other) => ({ story: { with: other } }),
  example: 'one story from the next build on',
});

export const deskSplitCommand = withOther({
  name: 'desk split',
  describe: 'keep an article out of the story of another',
  decision: (other) => ({ story: { apart: other } }),
  example: 'two stories from the next build on',
});

function forArticles(about: {
  readonly name: string;
  readonly describe: string;
  readonly decision: Decision;
  readonly undo?: Decision;
  readonly example: string;
}): Command {
  const { name, describe, decision, undo, example } = about;
  return {
    name,
    describe,
    parameters: [ARTICLES],
    options: [configOption, jsonOption, ...(undo === undefined ? [] : [UNDO]), NOTE],
    examples: [[`newsloom ${name} https://paper.example/ferry`, example]],
    run: (context) => decideAll(context, context.args, undo !== undefined && context.flag('undo') ? undo : decision),
  };
}

function withOther(about: {
  readonly name: string;
  readonly describe: string;
  readonly decision: (other: string) => Decision;
  readonly example: string;
}): Command {
  const { name, describe, decision, example } = about;
  return {
    name,
    describe,
    parameters: [ARTICLE, OTHER],
    options: [configOption, jsonOption, UNDO, NOTE],
    examples: [[`newsloom ${name} https://paper.example/ferry https://other.example/boat`, example]],
    run: (context) => {
      const [article = '', other] = context.args;
      if (context.flag('undo')) return decideAll(context, [article], { story: null });
      if (other === undefined) throw new UsageError('name an article of the other story too');
      return decideAll(context, [article], decision(other));
    },
  };
}

async function knownTopics(context: Context, ids: readonly string[]): Promise<void> {
  if (context.flag('undo')) return;
  requireKnown('topic', ids, (await readToShow(context)).topics);
}

function given(decision: Decision): Decision {
  return Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== undefined));
}

async function decideAll(context: Context, articles: readonly string[], wished: Decision) {
  const decision = given(wished);
  const said = given({ ...decision, note: context.value('note') });
  const blank = Object.keys(said).find((key) => typeof said[key] === 'string' && said[key].trim() === '');
  if (blank !== undefined) throw new UsageError(`--${blank} without words: write some, or leave it out`);
  const { decide } = await import('../app/desk/edit-desk.js');
  const settings = await readToShow(context);
  const decided = await decide(settings, articles, said);
  if ('titled' in decided) throw new UsageError(titledLines(decided.asked, decided.titled));
  if ('refused' in decided) throw new UsageError(decided.refused);
  context.show(decided, () => decided.map((one) => decidedLine(one, decision)).join('\n'));
  return EXIT.ok;
}

function decidedLine(one: Decided, decision: Decision): string {
  const { file, line, article, title, takenBack } = one;
  const made = deskWords(
    Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== null)),
    one.other ?? null,
  );
  const isMade = made.length > 0;
  const known = title === null ? article : `"${title}"`;
  const named = title === null && isMade ? `${known} (no article is known under this name yet: the entry waits for it)` : known; // biome-ignore format: one choice
  const said = isMade
    ? made.join(', ')
    : takenBack.length > 0
      ? `taken back: ${takenBack.join(', ')}`
      : 'nothing to take back';
  const applied = isMade || takenBack.length > 0 ? '; `newsloom build` applies it' : '';
  return `${file}${line === null ? '' : `:${line}`}: ${named}: ${said}${unlessOf(one) || applied}`;
}

/** Empty: the next build shows it. */
function unlessOf({ droppedBy, notShown, otherNotShown }: Decided): string {
  if (droppedBy !== undefined) return `; not shown: dropped by ${droppedBy.rule} (${rulePlaceLine(droppedBy.at)})`;
  // A rule that is in the config no more lets it go.
  const own = notShown === undefined || notShown === 'rule' ? '' : `; not shown: ${NOT_SHOWN[notShown]}`;
  return own + (otherNotShown === undefined ? '' : `; the other is not shown: ${NOT_SHOWN[otherNotShown]}`);
}
