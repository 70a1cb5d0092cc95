/** Prints why two articles are or are not one story: the reason, what they share, and the score. */
import type { ExplainedPair } from '../app/explain/explain.js';
import { type ExplainedStep, formatArticle, formatStep } from './explain-row.js';

export function formatPair(pair: ExplainedPair): string[] {
  const { oneStory, desk, reason, told } = pair;
  const why = desk === null ? reason : `decided by the desk (${desk.file}:${desk.line})`;
  return [
    `${oneStory ? 'One story' : 'Not one story'}: ${why}`,
    ...told.map((article) => `  ${formatArticle(article)}`),
    ...listPairSteps(pair).flatMap(formatStep),
  ];
}

function listPairSteps({ reason, shared, cited, overlap, ...pair }: ExplainedPair): ExplainedStep[] {
  if (reason === 'language' || reason === 'across-languages') return [];
  const words = shared.slice(0, MOST_WORDS).map(({ word }) => word);
  const { score, needed, articles, hoursApart, parts } = pair;
  const sum = Object.entries(parts).filter(([, adds]) => Math.abs(adds) >= 0.005);
  return [
    { step: 'share', verdict: words.join(', ') || 'no words', why: cited.map((page) => `cited by both: ${page}`) },
    { step: 'same text', verdict: `${Math.round(100 * overlap)} %`, why: [] },
    { step: 'apart', verdict: `${hoursApart.toFixed(1)} hours`, why: [] },
    {
      step: 'score',
      verdict: `${score.toFixed(2)} of ${needed.toFixed(2)} required${articles === 1 ? '' : `, compared with a story of ${articles}`}`,
      why: sum.map(([part, adds]) => `${adds < 0 ? '-' : '+'}${Math.abs(adds).toFixed(2)} ${part}`),
    },
  ];
}

const MOST_WORDS = 12;
