/** Which names and addresses belong to the other sources of a site, for one source that is read. */
import { nameKey, type OthersNames } from '../../clean/attribution/borrowed-names.js';
import type { Residence } from '../../identity/residence.js';
import type { Publication } from '../../model/article.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';

export type OthersNamesOf = (source: Pick<Source, 'id' | 'title'>) => OthersNames;

/**
 * A source may bear the name of another where the editor calls it so, where both live on one site, or where both had the name
 * before this run: then none of them took it from the other.
 */
export function createOthersNames(
  sources: readonly Pick<Source, 'id' | 'url' | 'title'>[],
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile'>>,
  residence: Residence,
): OthersNamesOf {
  const learnt = (id: SourceId) => nameKey(states.get(id)?.profile?.title ?? '');
  const byName = new Map<string, typeof sources>();
  for (const source of sources) {
    for (const name of new Set([nameKey(source.title ?? ''), learnt(source.id)])) {
      if (name !== '') byName.set(name, [...(byName.get(name) ?? []), source]);
    }
  }
  return ({ id, title: configured }) => {
    const others = (name: string) => {
      const named = (byName.get(name) ?? []).filter((other) => other.id !== id);
      return named.some(({ url }) => residence.livesAt(id, url)) ? [] : named;
    };
    const isForeign = (url: string | null) => url !== null && residence.isForeign(id, url);
    return {
      isOthersTitle: (title) => {
        const name = nameKey(title);
        const named = others(name).filter((other) => nameKey(other.title ?? '') === name || learnt(id) !== name);
        return named.length > 0 && nameKey(configured ?? '') !== name;
      },
      isOther: ({ title, url, feedUrl }: Publication) =>
        others(nameKey(title)).length > 0 || isForeign(url) || isForeign(feedUrl),
    };
  };
}
