/** Written channels, languages and digests → settings. */
import type { DigestSettings } from '../model/digest.js';
import type { Conditions, Question } from '../model/question.js';
import type { ChannelSettings } from '../model/settings.js';
import { nameFromId } from '../model/topic.js';
import type { WrittenChannel, WrittenDigest, WrittenQuestion } from './channel-schema.js';
import { digestTimes } from './digest-times.js';

/** The channels must have passed all checks. */
export function resolvedChannel({ id, formerly, title, description, where }: WrittenChannel): ChannelSettings {
  return {
    id,
    ...(formerly && { formerly }),
    title: title?.trim() ?? nameFromId(id),
    description: description?.trim() ?? null,
    where: resolvedQuestion(where),
  };
}

/** A language that must not be is one of those in `not`. */
export function resolvedQuestion({ stories, not, ...asked }: WrittenQuestion): Question {
  const no = conditions(not);
  const language = [...no.language, ...asked.language.not.map(canonicalTag)];
  return { ...conditions(asked), stories: stories ?? 0, not: { ...no, language } };
}

/** Of what must not be, "not" says nothing more. */
function conditions({ text, language, ...rest }: Omit<WrittenQuestion, 'stories' | 'not'>): Conditions {
  return { ...rest, language: language.is.map(canonicalTag), text: text ?? null };
}

export function resolvedLanguages(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map(canonicalTag))];
}

/** `UK-ua` → `uk-UA`. */
function canonicalTag(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

export function resolvedDigest({ id, title, of, every, items, by }: WrittenDigest): DigestSettings {
  const path = of.startsWith('language/') ? `language/${canonicalTag(of.slice('language/'.length))}` : of;
  return { id, title: title?.trim() ?? nameFromId(id), of: path, every: digestTimes(every)!, items, by };
}
