/** Why an article has or lacks a topic, in words. */
import type { TriedText } from '../app/topics.js';
import type { Because } from '../model/article.js';

type NearMiss = TriedText['missed'][number];

/** Each phrase with its field and weight. */
export function evidence(because: readonly Because[]): string {
  return because.map(({ phrase, field, weight }) => `"${phrase}" in the ${field} (${weight})`).join(', ');
}

/** Why an article that mentions a topic does not have it. */
export function missedLine({ topicId, because, reason }: NearMiss): string {
  return `not ${topicId}: ${evidence(because)}, but ${reasonLine(reason)}`;
}

export function reasonLine(reason: NearMiss['reason']): string {
  if (reason.kind === 'weak') return `that weighs ${reason.score}, and 3 are needed`;
  const [phrases, verdict] = reason.kind === 'vetoed' ? [reason.by, 'keeps it off'] : [reason.phrases, 'is not there'];
  return `${phrases.map((phrase) => `"${phrase}"`).join(', ')} ${verdict}`;
}
