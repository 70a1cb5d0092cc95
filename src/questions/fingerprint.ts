/** Computes a fingerprint of a channel's conditions. When it changes, stored articles are checked again. */
import type { Conditions, Question } from '../model/question.js';
import { contentDigest } from '../text/digest.js';

/** Increase it with every change of this folder, or of its dependencies, that may change a result. */
const QUESTIONS_VERSION = 3;

/** Changes only if a result may change: not with the order of a list. */
export function questionFingerprint({ stories, not, ...question }: Question): string {
  return contentDigest(
    JSON.stringify([QUESTIONS_VERSION, stories, normalizeConditions(question), normalizeConditions(not)]),
  );
}

function normalizeConditions({ topics, sources, author, language, media, text }: Conditions): unknown {
  const lists = [topics, sources, author, language, media].map(sorted);
  if (text === null) return lists;
  const near = text.near.map(sorted).map((group) => JSON.stringify(group));
  return [...lists, sorted(text.any), sorted(text.all), sorted(near), sorted(text.none)];
}

function sorted(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
