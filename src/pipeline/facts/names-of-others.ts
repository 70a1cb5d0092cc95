/** Detects names and addresses that belong to another source of the same site. */
import { matchesHost, type OtherSourceNames, toNameKey } from '../../clean/attribution/borrowed-names.js';
import type { SiteOwnership } from '../../identity/site-ownership.js';
import type { Publication } from '../../model/article.js';
import type { SiteSettings } from '../../model/settings.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import { isPlatform } from '../../text/url/platforms.js';
import { findSite } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';

export type OthersNamesLookup = (source: NamedSource) => OtherSourceNames;

/**
 * A source may use another source's name if it is configured, if both share a site, or if it had the name before. A
 * shared name belongs to the source with that name in its host. A host counts as a name. The section's own name is free
 * for the editor's own sources and those on its site.
 */
export function createOthersNames(
  { sources, site }: { readonly sources: readonly NamedSource[]; readonly site: Pick<SiteSettings, 'url' | 'title'> },
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile'>>,
  ownership: SiteOwnership,
): OthersNamesLookup {
  const section: NamedSource = { id: SECTION, url: site.url, title: site.title };
  const profileName = (id: SourceId) => toNameKey(states.get(id)?.profile?.title ?? '');
  let byName: ReadonlyMap<string, readonly NamedSource[]> | undefined;
  return (source) => {
    const { id } = source;
    const findOthers = (title: string) => {
      byName ??= indexSourceNames([...sources, section], profileName);
      const known = byName;
      const named = listNameKeys(title)
        .flatMap((name) => known.get(name) ?? [])
        .filter((other) => other.id !== id && (other !== section || source.own === undefined));
      return named.some(({ url }) => ownership.owns(id, url)) ? [] : named;
    };
    const isForeign = (url: string | null) => url !== null && ownership.isForeign(id, url);
    const belongsToOther = (title: string, other: NamedSource) => {
      const names = listNameKeys(title);
      if (names.includes(toNameKey(other.title ?? '')) || listHostKeys(other.url).some((key) => names.includes(key)))
        return true;
      const [own, theirs] = [id, other.id].map((one) =>
        ownership.listProved(one).some((url) => matchesHost(title, url)),
      );
      return own === theirs ? !names.includes(profileName(id)) : theirs;
    };
    return {
      isOthersTitle: (title) =>
        findOthers(title).some((other) => belongsToOther(title, other)) &&
        toNameKey(source.title ?? '') !== toNameKey(title),
      isOthersHome: (url) => ownership.isProvedByOther(id, url),
      isOther: ({ title, url, feedUrl }: Publication) =>
        findOthers(title).length > 0 || isForeign(url) || isForeign(feedUrl),
    };
  };
}

type NamedSource = Pick<Source, 'id' | 'url' | 'title' | 'own'>;

/** No source has this id. */
const SECTION = '';

/** Treats `Harbour Dispatch.com` as `Harbour Dispatch`, and `www.harbour.example` as `harbour.example`. */
function listNameKeys(title: string): string[] {
  const [, host] = HOST.exec(title) ?? [];
  const names = [title, title.replace(/\.(?:com|net|org)$/i, '')].map(toNameKey);
  return [...new Set([...names, ...(host === undefined ? [] : listHostKeys(`https://${host}/`))])];
}

const HOST = /^\s*(?:https?:\/\/)?([\p{L}\d-]+(?:\.[\p{L}\d-]+)+)\.?\/?\s*$/iu;

/** Of its host and, unless others share it, its site. */
function listHostKeys(url: string): string[] {
  const site = findSite(url) ?? '';
  return [bareHost(url) ?? '', isPlatform(site) ? '' : site].map(toNameKey);
}

function indexSourceNames(
  sources: readonly NamedSource[],
  profileName: (id: SourceId) => string,
): ReadonlyMap<string, readonly NamedSource[]> {
  const byName = new Map<string, NamedSource[]>();
  for (const source of sources) {
    const names = [toNameKey(source.title ?? ''), profileName(source.id), ...listHostKeys(source.url)];
    for (const name of new Set(names)) {
      const named = byName.get(name);
      if (named !== undefined) named.push(source);
      else if (name !== '') byName.set(name, [source]);
    }
  }
  return byName;
}
