/** Detects names and addresses that belong to another source of the same site. */
import { matchesHost, type OtherSourceNames, toNameKey } from '../../clean/attribution/borrowed-names.js';
import type { SiteOwnership } from '../../identity/site-ownership.js';
import type { Publication } from '../../model/article.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import { bareHost } from '../../text/url/url.js';

export type OthersNamesLookup = (source: NamedSource) => OtherSourceNames;

/**
 * A source may use another source's name if it is configured, if both share a site, or if it had the name before. A
 * shared name belongs to the source with that name in its host. A host counts as a name.
 */
export function createOthersNames(
  sources: readonly NamedSource[],
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile'>>,
  ownership: SiteOwnership,
): OthersNamesLookup {
  const profileName = (id: SourceId) => toNameKey(states.get(id)?.profile?.title ?? '');
  let byName: ReadonlyMap<string, readonly NamedSource[]> | undefined;
  return (source) => {
    const { id } = source;
    const findOthers = (title: string) => {
      byName ??= indexSourceNames(sources, profileName);
      const known = byName;
      const named = listNameKeys(title)
        .flatMap((name) => known.get(name) ?? [])
        .filter((other) => other.id !== id);
      return named.some(({ url }) => ownership.owns(id, url)) ? [] : named;
    };
    const isForeign = (url: string | null) => url !== null && ownership.isForeign(id, url);
    const belongsToOther = (title: string, other: NamedSource) => {
      const names = listNameKeys(title);
      if (names.includes(toNameKey(other.title ?? '')) || names.includes(hostKey(other.url))) return true;
      const [own, theirs] = [id, other.id].map((one) =>
        ownership.listProved(one).some((url) => matchesHost(title, url)),
      );
      return own === theirs ? !names.includes(profileName(id)) : theirs;
    };
    return {
      isOthersTitle: (title) =>
        findOthers(title).some((other) => belongsToOther(title, other)) &&
        toNameKey(source.title ?? '') !== toNameKey(title),
      isOther: ({ title, url, feedUrl }: Publication) =>
        findOthers(title).length > 0 || isForeign(url) || isForeign(feedUrl),
    };
  };
}

type NamedSource = Pick<Source, 'id' | 'url' | 'title'>;

/** Treats `Harbour Dispatch.com` as `Harbour Dispatch`. */
function listNameKeys(title: string): string[] {
  return [...new Set([title, title.replace(/\.(?:com|net|org)$/i, '')])].map(toNameKey);
}

function hostKey(url: string): string {
  return toNameKey(bareHost(url) ?? '');
}

function indexSourceNames(
  sources: readonly NamedSource[],
  profileName: (id: SourceId) => string,
): ReadonlyMap<string, readonly NamedSource[]> {
  const byName = new Map<string, NamedSource[]>();
  for (const source of sources) {
    const names = [toNameKey(source.title ?? ''), profileName(source.id), hostKey(source.url)];
    for (const name of new Set(names)) {
      const named = byName.get(name);
      if (named !== undefined) named.push(source);
      else if (name !== '') byName.set(name, [source]);
    }
  }
  return byName;
}
