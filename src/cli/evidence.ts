/** Describes why an article has or lacks a topic. */
import type { TriedText } from '../app/topics.js';
import type { Because } from '../model/article.js';

type NearMiss = TriedText['missed'][number];

export function formatEvidence(because: readonly Because[]): string {
  return because.map(({ phrase, field, weight }) => `"${phrase}" in the ${field} (${weight})`).join(', ');
}

export function formatNearMiss({ topicId, because, reason }: NearMiss): string {
  return `not ${topicId}: ${formatEvidence(because)}, but ${formatMissReason(reason)}`;
}

export function formatMissReason(reason: NearMiss['reason']): string {
  if (reason.kind === 'weak') return `the score is ${reason.score} and must be at least 3`;
  const [phrases, verdict] = reason.kind === 'vetoed' ? [reason.by, 'excludes it'] : [reason.phrases, 'is missing'];
  return `${phrases.map((phrase) => `"${phrase}"`).join(', ')} ${verdict}`;
}
