/** `newsloom explain`: where an article comes from, its topics, its story and where it is shown, with reasons. */

import type { ArticleLife, ExplainedPair, NoArticle, PictureState, ShownPlace } from '../app/explain/explain.js';
import type { ExplainedChannel } from '../app/explain/explain-channels.js';
import type { ExplainedDesk } from '../app/explain/explain-desk.js';
import type { FullTextOutcome } from '../model/article.js';
import { isShown } from '../model/desk.js';
import type { Settings } from '../model/settings.js';
import type { Topic } from '../model/topic.js';
import type { Command } from './command.js';
import { deskWords, NOT_SHOWN } from './desk-words.js';
import { evidence, reasonLine } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { pairLines } from './explain-pair.js';
import { articleLine, row, titledLines } from './explain-row.js';
import { configOption, jsonOption, readToShow } from './options.js';
import { rulePlaceLine } from './rule-place.js';
import { minute } from './table.js';
import { unpublishedLine } from './unpublished-line.js';

export const explainCommand: Command = {
  name: 'explain',
  describe: 'tell the life of one article, or why two are (or are not) one story',
  parameters: [
    {
      name: '<article>',
      describe: 'its address, in any spelling, its id, the address of its page, or words of its headline, in any order',
    },
    {
      name: '[other]',
      describe:
        'another article, to be held against it; or a channel (channels/…, language/…, topics/…): whether it is in it, and why',
    },
  ],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom explain https://paper.example/ferry', 'its source, dates, topics with their evidence, story, and feeds'],
    ['newsloom explain https://paper.example/ferry https://other.example/boat', 'what the two have in common'],
  ],
  async run(context) {
    const explain = await import('../app/explain/explain.js');
    const settings = await readToShow(context);
    const [asked = '', other] = context.args;
    const now = new Date();
    knownTopic(other, settings);
    const channel = /^(?:channels|language|topics)\//.test(other ?? '') ? other : undefined;
    const found =
      other === undefined || channel !== undefined
        ? await explain.explainArticle(settings, asked, now)
        : await explain.explainTwo(settings, [asked, other], now);
    context.show(found, () => inWords(found, channel, settings));
    return EXIT.ok;
  },
};

function knownTopic(channel: string | undefined, { topics }: Settings): void {
  if (channel?.startsWith(TOPIC) !== true || topics.some(({ id }) => TOPIC + id === channel)) return;
  throw new UsageError(
    `the config has no topic ${channel}; it has: ${topics.map(({ id }) => TOPIC + id).join(', ') || 'none'}`,
  );
}

const TOPIC = 'topics/';

function inWords(
  found: ArticleLife | ExplainedPair | NoArticle,
  channel: string | undefined,
  { topics }: Settings,
): string {
  if (found.kind === 'known')
    return (channel === undefined ? lifeLines(found) : answerLines(found, channel, topics)).join('\n');
  if (found.kind === 'pair') return pairLines(found).join('\n');
  throw new UsageError(notFound(found));
}

// ── one article ──────────────────────────────────────────────────────────────────────────────────────────────────────

function lifeLines(life: ArticleLife): string[] {
  const { article } = life;
  return [
    article.title,
    row('address', article.url ?? 'none of its publisher'),
    ...(life.page === null ? [] : [row('page', life.page)]),
    row('id', article.id === article.guid ? `${article.id} (its publisher's own)` : article.id),
    row('source', [life.source, ...life.alsoIn].map(({ id, title }) => `${title} (${id})`).join(', also in ')),
    ...(life.writtenIn === null ? [] : [row('written in', writtenLine(life.writtenIn, article.guid))]),
    row('from', attributionLine(life)),
    row('published', `${minute(article.publishedAt)} (${DATED[article.publishedAtFrom]})`),
    row('first seen', minute(article.firstSeenAt)),
    ...(article.updatedAt === null ? [] : [row('corrected', minute(article.updatedAt))]),
    ...(article.withdrawnAt === null ? [] : [row('withdrawn', minute(article.withdrawnAt))]),
    ...textLines(life),
    row('picture', PICTURE[life.picture]),
    ...(life.keptBack === null
      ? []
      : [row('commands', `are not given it: text and data mining is reserved (${life.keptBack})`)]),
    ...hiddenLines(life),
    ...ruleLines(life),
    ...topicSection(life),
    ...storyLines(life),
    ...channelLines(life),
    ...placeLines(life),
  ];
}

function textLines({ article: { fullText } }: ArticleLife): string[] {
  if (fullText === undefined) return [];
  const { outcome, html, detail, failures } = fullText;
  const why = `${TEXT[outcome]}${detail === null ? '' : `: ${detail}`}`;
  const next = failures === 0 ? '' : '; it is asked for again';
  return [
    row(
      'text',
      outcome === 'taken' || outcome === 'restored'
        ? why
        : `${html === null ? "its feed's" : 'as its page was'} (${why}${next})`,
    ),
  ];
}

const TEXT: Readonly<Record<FullTextOutcome, string>> = {
  taken: "of its page (its feed's says less)",
  restored: 'as it was published before the store was restored',
  robots: 'robots.txt asks us not to read its page',
  reserved: 'its page is reserved from machines',
  paywalled: 'its page says that one must pay for it',
  thin: 'its page holds too little text',
  shorter: 'its feed says as much as its page',
  'no-article': 'no article was found in its page',
  'not-html': 'its page is no HTML',
  elsewhere: "its page is not on its source's own site",
  moved: 'its address leads to another place',
  failed: 'its page could not be read',
};

const PICTURE: Readonly<Record<PictureState, string>> = {
  shown: 'shown',
  unsized: 'above the article alone: nobody knows its size (images.fetch learns it)',
  none: 'none: its feed has none, or only what is never shown (icons, ads, logos, private hosts)',
  desk: 'left out by the desk',
  rights: "left out: its source's `images` is not true (the default only with `content: full`)",
  uncopied: 'left out: there is no copy yet (images.cache)',
};

function hiddenLines({ article: { hidden }, desk }: ArticleLife): string[] {
  const why = hidden === null || hidden.by === 'rule' ? null : HIDDEN[hidden.by];
  return [...(why === null ? [] : [row('hidden', why)]), ...deskLines(desk)];
}

function deskLines(desk: ExplainedDesk | null): string[] {
  if (desk === null) return [];
  const { file, line, applied } = desk;
  const at = `${file}:${line}${applied ? '' : ', from the next build on'}`;
  return deskWords(desk.entry, desk.other).map((said, i) =>
    row(i === 0 ? 'desk' : '', i === 0 ? `${said} (${at})` : said),
  );
}

function ruleLines(life: ArticleLife): string[] {
  const { hiddenBy, headline, next } = life.rules;
  return [
    ...(hiddenBy === null ? [] : [row('hidden', `by the rule ${hiddenBy.rule} (${rulePlaceLine(hiddenBy.at)})`)]),
    ...(headline === null ? [] : [row('headline', `${headline.title} (${rulePlaceLine(headline.at)})`)]),
    ...(next === null ? [] : [row('next run', nextLine(life))]),
  ];
}

/** What the rules of the config say, which no run has applied yet. */
function nextLine({ article: { hidden }, rules: { next } }: ArticleLife): string {
  const { dropped, retitled } = next!;
  if (dropped !== null) return `hides it by the rule ${dropped.rule} (${rulePlaceLine(dropped.at)})`;
  const title = retitled === null ? "its publisher's headline" : `"${retitled.title}" (${rulePlaceLine(retitled.at)})`;
  return hidden?.by === 'rule' ? `shows it, with ${title}` : `gives it ${title}`;
}

const HIDDEN = {
  desk: 'by the desk',
  takedown: 'taken down: its text is forgotten, and is not taken again',
  lifted: 'until its source brings the text again: the takedown that forgot it was lifted',
  review: 'it waits for the desk (newsloom desk approve)',
};

const DATED = {
  published: 'as its publisher says',
  updated: 'its publisher gives no other date than that of a change',
  'first-seen': 'when we saw it first: its publisher gives no date that can be right',
};

/** The post's `id`, `slug` or path is its guid. */
function writtenLine(path: string, guid: string | null): string {
  return guid === null ? path : `${path}, known as "${guid}"`;
}

function attributionLine({ article: { attribution, authors } }: ArticleLife): string {
  const { publication, via, credited } = attribution;
  return [
    publication.title,
    ...(via === null ? [] : [`by way of ${via.title}`]),
    ...(credited === null ? [] : [`crediting ${credited.title}`]),
    ...(authors.length === 0 ? [] : [`by ${authors.map(({ name }) => name).join(', ')}`]),
  ].join(', ');
}

function topicSection(life: ArticleLife): string[] {
  const { given, not } = topicRows(life);
  const rows = [...given, ...not].map((one) => one.row);
  return given.length === 0 ? [row('topics', 'none'), ...rows] : rows;
}

interface TopicRow {
  readonly topicId: string;
  readonly row: string;
}

/** `not`: those of which it has something, but not enough. */
function topicRows({ article: { edits, hidden }, topics, missed }: ArticleLife): Record<'given' | 'not', TopicRow[]> {
  const off = new Set(edits?.removedTopics);
  const has = new Set(topics.map(({ topicId }) => topicId));
  const tagged = topics.map(({ topicId, label, because }) => {
    const forgotten = hidden?.by === 'takedown' || hidden?.by === 'lifted';
    const why =
      evidence(because) || (forgotten ? 'its text is forgotten' : 'restored from the edition, without evidence');
    const said = off.has(topicId)
      ? row('not topic', `${topicId}: taken off by the desk, though ${why}`)
      : row('topic', `${label} (${topicId}): ${why}`);
    return { topicId, row: said };
  });
  const added = (edits?.addedTopics ?? []).filter((id) => !has.has(id));
  const not = missed
    .filter(({ topicId }) => !added.includes(topicId))
    .map(({ topicId, reason, because }) => {
      return { topicId, row: row('not topic', `${topicId}: ${evidence(because)}, but ${reasonLine(reason)}`) };
    });
  return {
    given: [...tagged, ...added.map((id) => ({ topicId: id, row: row('topic', `${id}: added by the desk`) }))],
    not,
  };
}

function topicAnswer(life: ArticleLife, { id: topicId, any, all }: Topic): string[] {
  const { given, not } = topicRows(life);
  const said = [...given, ...not].filter((one) => one.topicId === topicId).map((one) => one.row);
  const { entry, applied = true } = life.desk ?? {};
  const isDecided = !applied && entry?.topics?.some((signed) => signed.slice(1) === topicId);
  return [
    life.article.title,
    ...(said.length === 0
      ? [row('not topic', `${topicId}: nothing in it speaks for it${soughtLine([...(any ?? []), ...(all ?? [])])}`)]
      : said),
    ...(isDecided ? deskLines(life.desk) : []),
  ];
}

const MOST_SOUGHT = 8;

function soughtLine(phrases: readonly string[]): string {
  if (phrases.length === 0) return '';
  return `, such as ${phrases.slice(0, MOST_SOUGHT).join(', ')}${phrases.length > MOST_SOUGHT ? ' …' : ''}`;
}

/** Those that it is in, and those of which it misses but one part; of others, `explain <article> <channel>` tells. */
function channelLines({ channels }: ArticleLife): string[] {
  const failing = ({ parts }: ExplainedChannel) => parts.filter(({ fulfilled }) => !fulfilled);
  const within = channels.filter(({ isIn }) => isIn);
  const missed = channels.filter((one) => !one.isIn && failing(one).length === 1 && one.parts.length > 1);
  return [
    ...within.map((one) => row('channel', `${one.channel}: ${one.parts.map(partLine).join(', ')}`)),
    ...missed.map((one) => row('not in', `${one.channel}: ${failing(one).map(partLine).join(', ')}`)),
  ];
}

/** Every part of one channel's question. */
function answerLines(life: ArticleLife, channel: string, topics: Settings['topics']): string[] {
  const topic = topics.find(({ id }) => TOPIC + id === channel);
  if (topic !== undefined) return topicAnswer(life, topic);
  const { article, channels, foldedBehind } = life;
  const found = channels.find((one) => one.channel === channel);
  if (found === undefined && foldedBehind !== null)
    return [article.title, row('copy of', `${articleLine(foldedBehind)}, which is asked for it`)];
  if (found === undefined) {
    const known = channels.map((one) => one.channel).join(', ') || 'none';
    throw new UsageError(`the config asks for no channel ${channel}; it asks for: ${known}`);
  }
  return [
    article.title,
    row(found.isIn ? 'in' : 'not in', found.channel),
    ...found.parts.map((one) => row('', partLine(one))),
  ];
}

function partLine({ part, not, fulfilled }: ExplainedChannel['parts'][number]): string {
  const { has, lacks } = PARTS[part];
  const holds = fulfilled !== not;
  const said = holds ? has : lacks;
  return not ? `${said}${holds ? ', which it must not' : ', as wanted'}` : said;
}

const PARTS: Readonly<
  Record<ExplainedChannel['parts'][number]['part'], { readonly has: string; readonly lacks: string }>
> = {
  topics: { has: 'has one of its topics', lacks: 'has none of its topics' },
  sources: { has: 'is of one of its sources', lacks: 'is of none of its sources' },
  author: { has: 'has one of its authors', lacks: 'has none of its authors' },
  language: { has: 'is in its language', lacks: 'is in another language, or an unknown one' },
  media: { has: 'comes with what is asked for', lacks: 'comes without audio or video that is asked for' },
  text: { has: 'its text has the phrases', lacks: 'its text has not the phrases' },
  stories: { has: 'its story is told by as many', lacks: 'its story is told by fewer' },
};

function storyLines({ article, story, foldedBehind }: ArticleLife): string[] {
  const lines: string[] = [];
  if (story === null) lines.push(row('story', 'none: no other article on the same event'));
  else {
    const told = story.page ?? 'of this publication alone, so it has no page';
    lines.push(
      row('story', `${told} (${isShown(article) ? partOf(story) : 'not shown in it'})`),
      ...story.others.map((other) => row('', memberLine(other))),
    );
  }
  if (foldedBehind !== null) lines.push(row('copy of', `${articleLine(foldedBehind)}, which is shown for it`));
  return lines;
}

function memberLine(other: NonNullable<ArticleLife['story']>['others'][number]): string {
  return articleLine(other) + (other.notShown === undefined ? '' : ` (not shown: ${NOT_SHOWN[other.notShown]})`);
}

function partOf({ leads, role }: NonNullable<ArticleLife['story']>): string {
  if (leads) return 'it leads the story';
  return role === 'correction' ? 'its publication had told the same before, so it is not listed' : 'one of its reports';
}

function placeLines(life: ArticleLife): string[] {
  const { places, unpublished } = life;
  const said =
    places.length === 0 ? [unplacedLine(life)] : places.map(({ channel, shown }) => `${channel}: ${shownLine(shown)}`);
  const failed = unpublished === null ? [] : [`as of the next edition: ${unpublishedLine(unpublished)}`];
  return [...said, ...failed].map((line, i) => row(i === 0 ? 'feeds' : '', line));
}

function unplacedLine({ article, rules: { next } }: ArticleLife): string {
  if (article.withdrawnAt !== null) return 'none: it was withdrawn';
  if (next !== null && next.dropped !== null) return 'none: the next build hides it';
  const isReleased = article.hidden?.by === 'rule' && next !== null;
  return article.hidden === null || isReleased ? 'none yet: the next build places it' : 'none: it is hidden';
}

function shownLine(shown: ShownPlace): string {
  switch (shown.in) {
    case 'head':
      return 'among the newest';
    case 'archive':
      return `in archive document ${shown.document}`;
    case 'waiting':
      return 'no longer among the newest; the next build archives it';
    case 'nothing':
      return NOWHERE[shown.because];
  }
}

const NOWHERE = {
  hidden: 'taken out: it is hidden',
  withdrawn: 'taken out: it was withdrawn',
  'not-published': 'not published: the config does not ask for it',
};

// ── not found ────────────────────────────────────────────────────────────────────────────────────────────────────────

function notFound({ kind, asked, title, titled, sources }: NoArticle): string {
  const named = title === null ? asked : `"${title}"`;
  if (kind === 'pending') return `${named} came in, but the run that read it did not end; the next one publishes it`;
  if (kind === 'lost')
    return 'no article is known: the store was lost; the next build restores it from what is published';
  if (kind === 'pruned') return `${named} is older than the retention: only its name is kept`;
  if (titled !== null && (titled.newest.length > 0 || sources.length === 0)) return titledLines(asked, titled);
  if (sources.length === 0) return `no article is known as ${asked}, and no source lives there`;
  const how = sources.map(({ id, state, lastSuccessAt, error }) => {
    return `${id} is ${state}, last read ${minute(lastSuccessAt)}${error === null ? '' : ` (${error.code}: ${error.message})`}`;
  });
  return `no article is known as ${asked}: it was not in its source's document when that was read\n  ${how.join('\n  ')}`;
}
