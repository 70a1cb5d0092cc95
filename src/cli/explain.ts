import { describeDeskEntry, NOT_SHOWN } from '../app/desk/desk-words.js';
import type { ArticleLife, ExplainedPair, NoArticle } from '../app/explain/explain.js';
import { listShownTopics } from '../model/desk.js';
import type { Command } from './command.js';
import { formatEvidence, formatNearMiss } from './evidence.js';
import { EXIT, UsageError } from './exit.js';
import { formatPair } from './explain-pair.js';
import { type ExplainedStep, formatArticle, formatStep, formatTitleMatches } from './explain-row.js';
import { configOption, jsonOption, readDisplaySettings } from './options.js';
import { formatRulePlace, formatRuling } from './rule-place.js';
import { formatCount, formatMinute } from './table.js';
import { describeUnpublished } from './unpublished-line.js';

export const explainCommand: Command = {
  name: 'explain',
  describe:
    'show how newsloom processed an article, step by step, and why; or why two articles are or are not one story',
  parameters: [
    {
      name: '<article>',
      describe: "any of its addresses, its id, its page's address, or words of its headline in any order",
    },
    { name: '[other]', describe: 'another article to compare' },
  ],
  options: [configOption, jsonOption],
  examples: [
    ['newsloom explain https://paper.example/ferry', 'its source, dates, topics with evidence, story and feeds'],
    ['newsloom explain https://paper.example/ferry https://other.example/boat', 'what the two articles share'],
  ],
  async run(context) {
    const { explainArticle, explainArticlePair } = await import('../app/explain/explain.js');
    const settings = await readDisplaySettings(context);
    const [article = '', other] = context.args;
    const now = new Date();
    const found =
      other === undefined
        ? await explainArticle(settings, article, now)
        : await explainArticlePair(settings, [article, other], now);
    context.show(found, () => formatExplanation(found));
    return EXIT.ok;
  },
};

function formatExplanation(found: ArticleLife | ExplainedPair | NoArticle): string {
  if (found.kind === 'pair') return formatPair(found).join('\n');
  if (found.kind !== 'known') throw new UsageError(describeAbsence(found));
  return [found.article.title, ...listSteps(found).flatMap(formatStep)].join('\n');
}

export function listSteps(found: ArticleLife): ExplainedStep[] {
  return STEPS.flatMap((describeStep) => describeStep(found) ?? []);
}

/** In the order of a run. null: the step does not apply to the article. */
const STEPS: readonly ((found: ArticleLife) => ExplainedStep | null)[] = [
  ({ article, source, alsoIn, writtenIn, picture, keptBack }) => ({
    step: 'fetched',
    verdict: [source, ...alsoIn].map(({ id, title }) => `${title} (${id})`).join(', also in '),
    why: listFacts({
      'written in': writtenIn,
      publication: article.attribution.publication.title,
      via: article.attribution.via?.title,
      credited: article.attribution.credited?.title,
      authors: article.authors.map(({ name }) => name).join(', '),
      published: `${formatMinute(article.publishedAt)} (date: ${article.publishedAtFrom})`,
      'first seen': formatMinute(article.firstSeenAt),
      corrected: article.updatedAt && formatMinute(article.updatedAt),
      withdrawn: article.withdrawnAt && formatMinute(article.withdrawnAt),
      'full text': describeFullText(article),
      picture,
      'not sent to commands': keptBack && `text and data mining is reserved (${keptBack})`,
    }),
  }),
  ({ article: { id, guid, url }, page }) => ({
    step: 'identified',
    verdict: id,
    why: listFacts({ guid: guid === id ? null : guid, address: url, page }),
  }),
  ({ rules: { hiddenBy, heldBy, headline, next } }) => ({
    step: 'rules',
    verdict: hiddenBy === null ? 'kept' : `dropped by ${hiddenBy.rule} (${formatRulePlace(hiddenBy.at)})`,
    why: listFacts({
      held: heldBy && `${heldBy.rule} (${formatRulePlace(heldBy.at)})`,
      headline: headline && `${headline.title} (${formatRulePlace(headline.at)})`,
      'next build': next && formatRuling(next),
    }),
  }),
  ({ article: { hidden }, desk }) => {
    const isHidden = hidden !== null && hidden.by !== 'rule';
    if (desk === null && !isHidden) return null;
    return {
      step: 'desk',
      verdict: isHidden ? NOT_SHOWN[hidden.by] : 'shown',
      why: desk === null ? [] : listDeskReasons(desk),
    };
  },
  (found) => ({
    step: 'topics',
    verdict: listShownTopics(found.article).join(', ') || 'none',
    why: [
      ...found.article.topics.map(
        ({ topicId, because }) => `${topicId}: ${formatEvidence(because) || 'no evidence stored'}`,
      ),
      ...found.missed.map(formatNearMiss),
    ],
  }),
  ({ story, foldedBehind }) => ({
    step: 'story',
    verdict: story === null ? 'none' : story.leads ? 'leads' : story.role,
    why: [
      ...listFacts({ page: story?.page, 'copy of': foldedBehind && formatArticle(foldedBehind) }),
      ...(story?.others ?? []).map(
        (other) =>
          formatArticle(other) + (other.notShown === undefined ? '' : ` (not shown: ${NOT_SHOWN[other.notShown]})`),
      ),
    ],
  }),
  (found) => {
    if (found.channels.length === 0) return null;
    const within = found.channels.flatMap(({ channel, isIn }) => (isIn ? [channel] : []));
    return { step: 'channels', verdict: within.join(', ') || 'none', why: found.channels.map(describeChannelParts) };
  },
  ({ article, places, unpublished }) => ({
    step: 'published',
    verdict:
      places.length > 0 ? formatCount(places.length, 'feed') : article.withdrawnAt || article.hidden ? 'no' : 'not yet',
    why: [
      ...places.map(({ channel, shown }) => `${channel}: ${Object.values(shown).join(', ')}`),
      ...(unpublished === null ? [] : [`since the latest edition: ${describeUnpublished(unpublished)}`]),
    ],
  }),
  ({ announced }) =>
    announced.length === 0
      ? null
      : {
          step: 'announced',
          verdict: formatCount(announced.length, 'target'),
          why: announced.map(({ target, state, at }) => `${target}: ${state}, article of ${formatMinute(at)}`),
        },
];

function listFacts(facts: Readonly<Record<string, string | null | undefined>>): string[] {
  return Object.entries(facts).flatMap(([name, value]) => (value ? `${name}: ${value}` : []));
}

function describeFullText({ fullText }: ArticleLife['article']): string | null {
  if (fullText === undefined) return null;
  const { outcome, detail, failures } = fullText;
  return `${outcome}${detail === null ? '' : `: ${detail}`}${failures === 0 ? '' : '; will be retried'}`;
}

function listDeskReasons({ entry, other, file, line, applied }: NonNullable<ArticleLife['desk']>): string[] {
  return [...describeDeskEntry(entry, other), `${file}:${line}${applied ? '' : ', applied by the next build'}`];
}

function describeChannelParts({ channel, parts }: ArticleLife['channels'][number]): string {
  const conditions = parts.map(
    ({ part, not, fulfilled }) => `${not ? 'not ' : ''}${part} ${fulfilled ? 'ok' : 'fails'}`,
  );
  return `${channel}: ${conditions.join(', ')}`;
}

function describeAbsence({ kind, asked, title, titled, sources }: NoArticle): string {
  const named = title === null ? asked : `"${title}"`;
  if (kind !== 'unknown') return `${named}: ${ABSENT[kind]}`;
  if (titled !== null && (titled.newest.length > 0 || sources.length === 0)) return formatTitleMatches(asked, titled);
  const states = sources.map(({ id, state, lastSuccessAt, error }) => {
    return `\n  source ${id} is ${state}, last success ${formatMinute(lastSuccessAt)}${error === null ? '' : ` (${error.code}: ${error.message})`}`;
  });
  return `unknown article ${asked}${states.join('') || '; no source has its host'}`;
}

const ABSENT = {
  pending: 'fetched, but not published yet; the next run publishes it',
  lost: 'the store was lost; the next build restores it from the published edition',
  pruned: 'older than the retention: only its id remains',
};
