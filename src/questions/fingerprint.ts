/** Computes a fingerprint of a question, by which is known whether stored articles were asked another one. */
import type { Conditions, Question } from '../model/question.js';
import { contentDigest } from '../text/digest.js';

/** Must be increased with every change of this folder, or of what it uses, that may answer otherwise for an article. */
const QUESTIONS_VERSION = 3;

/** Changes exactly when an article may be answered otherwise: not with the order of a list. */
export function questionFingerprint({ stories, not, ...question }: Question): string {
  return contentDigest(JSON.stringify([QUESTIONS_VERSION, stories, essenceOf(question), essenceOf(not)]));
}

function essenceOf({ topics, sources, author, language, media, text }: Conditions): unknown {
  const lists = [topics, sources, author, language, media].map(sorted);
  if (text === null) return lists;
  const near = text.near.map(sorted).map((group) => JSON.stringify(group));
  return [...lists, sorted(text.any), sorted(text.all), sorted(near), sorted(text.none)];
}

function sorted(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
