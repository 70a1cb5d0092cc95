/** Why two articles are one story, or are not, in words. */
import type { ExplainedPair } from '../app/explain/explain.js';
import { articleLine, row } from './explain-row.js';

export function pairLines(pair: ExplainedPair): string[] {
  const about = [
    `${pair.oneStory ? 'One story' : 'Not one story'}: ${reasonOf(pair)}`,
    ...pair.told.map((article) => row('', articleLine(article))),
  ];
  if (pair.reason === 'language') return [...about, row('linked', pair.alsoReported ? ALSO_REPORTED : NOT_LINKED)];
  const shared = pair.shared.slice(0, 12).map(({ word }) => word);
  const names = pair.countedOnce.map((words) => words.join(' + '));
  return [
    ...about,
    row('share', shared.length === 0 ? 'no words' : shared.join(', ')),
    ...(names.length === 0 ? [] : [row('', `side by side in both, so counted as one: ${names.join(', ')}`)]),
    ...pair.cited.map((page) => row('cite', page)),
    ...(pair.overlap < 0.01 ? [] : [row('same text', percent(pair.overlap))]),
    row('score', `${pair.score.toFixed(2)} of the ${pair.needed.toFixed(2)} that ${compared(pair)}. It is the sum of:`),
    ...partLines(pair),
  ];
}

function reasonOf({ desk, oneStory, reason }: ExplainedPair): string {
  if (desk === null) return PAIRS[reason];
  return `the desk ${oneStory ? 'joined' : 'parted'} them (${desk.file}:${desk.line}).`;
}

const ALSO_REPORTED = 'each points to the other as a report of the same event: names or numbers in both agree';
const NOT_LINKED =
  'no: too few names and numbers in both agree that others of these days lack, or they are a day apart';

function partLines(pair: ExplainedPair): string[] {
  const { parts, comparison } = pair;
  const { larger, terms } = comparison;
  const lines: readonly (readonly [number, string])[] = [
    [parts.likeness, `all words together are ${percent(comparison.cosine)} alike`],
    [parts.links, linksLine(pair)],
    [parts.rareWords, 'rare words that most of them share'],
    [parts.titleWords, `${percent(comparison.titleWords)} of a title's words are found on the other side`],
    [parts.size, `${larger} articles tell it already: so many are seldom wrong together`],
    [parts.time, timeLine(pair)],
    [parts.source, 'a source seldom tells one event twice, but often one matter after another'],
    [parts.length, `their texts are of ${terms.toFixed(0)} different words: in short ones little can agree`],
  ];
  return lines.filter(([adds]) => Math.abs(adds) >= 0.005).map(([adds, what]) => part(adds, what));
}

function timeLine({ articles, comparison: { hoursApart, daysOld } }: ExplainedPair): string {
  if (articles === 1) return `${hours(hoursApart)} between them`;
  const first = daysOld === 0 ? '' : `, ${hours(24 * daysOld)} after its first telling`;
  return `${hours(hoursApart)} between them and the nearest of the story${first}`;
}

function hours(count: number): string {
  return count < 48 ? `${count.toFixed(1)} hours` : `${(count / 24).toFixed(1)} days`;
}

function linksLine({ cited, comparison }: ExplainedPair): string {
  if (cited.length > 0) return 'one cites the other, or both the same page';
  return `the two articles most alike are ${percent(comparison.links)} so, a name counted as one word`;
}

function compared({ articles }: ExplainedPair): string {
  return articles === 1 ? 'two articles need' : `an article needs to join the other's story, of ${articles} so far`;
}

function part(adds: number, what: string): string {
  return row('', `${signed(adds).padStart(7)}  ${what}`);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const PAIRS: Readonly<Record<ExplainedPair['reason'], string>> = {
  copy: 'nearly the same text.',
  alike: 'they have enough in common.',
  'through-others': 'they have little in common, but other articles of the story connect them.',
  language: 'they are in two languages.',
  'too-far-apart': 'they are too far apart in time.',
  format: 'one of them is a daily format that recurs in the same words.',
  tip: 'one of them tells what to buy, which is no event.',
  'too-little': 'they have too little in common.',
  'other-story':
    'they have enough in common, but all reports of a story count, and with the others there is too little.',
};
