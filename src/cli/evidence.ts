/** Why an article has or lacks a topic, in words. */
import type { NearMissReason } from '../app/topics.js';
import type { Because } from '../model/article.js';

/** Each phrase with its field and weight. */
export function evidence(because: readonly Because[]): string {
  return because
    .map(({ phrase, field, weight }) =>
      field === 'source'
        ? `by default of ${phrase}`
        : field === 'command'
          ? `given by the command ${phrase} (${weight})`
          : `"${phrase}" in the ${FIELD_NAMES[field]} (${weight})`,
    )
    .join(', ');
}

const FIELD_NAMES: Readonly<Record<Exclude<Because['field'], 'command'>, string>> = {
  title: 'title',
  summary: 'summary',
  content: 'text',
  url: 'address',
  category: 'categories',
  source: 'source',
};

/** Why an article that mentions a topic does not have it. */
export function reasonLine(reason: NearMissReason): string {
  if (reason.kind === 'vetoed') return `${quotedPhrases(reason.by)} keeps it off`;
  if (reason.kind === 'missing') return `${quotedPhrases(reason.phrases)} is not there`;
  return `that weighs ${reason.score}, and 3 are needed`;
}

function quotedPhrases(phrases: readonly string[]): string {
  return phrases.map((phrase) => `"${phrase}"`).join(', ');
}
