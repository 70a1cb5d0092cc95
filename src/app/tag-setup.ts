/** What the tagger of a site is made of. */
import type { Settings } from '../model/settings.js';
import type { TagSetup } from '../pipeline/organize/tagging.js';

export function tagSetup({ topics, sources }: Pick<Settings, 'topics' | 'sources'>): TagSetup {
  return { topics, defaults: new Map(sources.map((source) => [source.id, source.topics])) };
}
