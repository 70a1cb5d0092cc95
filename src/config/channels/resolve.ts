/** Written channels, languages and digests → settings. */
import type { DigestSettings } from '../../model/asked/digest.js';
import type { Conditions } from '../../model/asked/question.js';
import type { ChannelSettings } from '../../model/settings.js';
import type { WrittenChannel, WrittenDigest } from './schema.js';
import { digestTimes } from './times.js';

/** The channels must have passed all checks. */
export function resolvedChannel({ id, formerly, title, description, where }: WrittenChannel): ChannelSettings {
  const { stories, not, ...asked } = where;
  return {
    id,
    ...(formerly && { formerly }),
    title: title?.trim() ?? id,
    description: description?.trim() ?? null,
    where: { ...conditions(asked), stories: stories ?? 0, not: conditions(not) },
  };
}

function conditions({ text, language, ...rest }: Omit<WrittenChannel['where'], 'stories' | 'not'>): Conditions {
  return { ...rest, language: language.map(canonicalTag), text: text ?? null };
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
  return { id, title: title?.trim() ?? id, of: path, every: digestTimes(every)!, items, by };
}
