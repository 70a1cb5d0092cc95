/** Restricts untrusted settings for a review. */
import { fileURLToPath } from 'node:url';
import { containsStandIn } from '../../config/environment.js';
import { isWithin } from '../../config/paths.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import type { Source } from '../../model/source.js';

export interface ReviewSite {
  readonly store: StoreSettings;
  readonly publishDir: string;
  /** Settings before the change; null: unknown. */
  readonly trusted: Settings | null;
  readonly allowPrivateAddresses: boolean;
}

/**
 * Keeps commands, templates and request limits from before the change. Disables announcements, pings, other publishing targets and
 * pictures. `findRequestObstacle` excludes some sources.
 */
export function restrictSettings(given: Settings, site: ReviewSite): Settings {
  const { enrich: _, channels, digests, ...settings } = given;
  const { trusted, allowPrivateAddresses } = site;
  const { s3: __, ...publish } = given.publish;
  const { icon: ___, ...about } = given.site;
  return {
    ...settings,
    ...(channels && { channels }),
    ...(digests && { digests }),
    ...(trusted?.enrich && { enrich: trusted.enrich }),
    site: about,
    sources: given.sources.map(({ icon, ...source }) => ({ ...source, allowPrivateAddresses })),
    topics: given.topics.map(({ icon, ...topic }) => topic),
    store: site.store,
    publish: { ...publish, dir: site.publishDir, hub: null, templates: trusted?.publish.templates ?? null },
    images: { ...given.images, fetch: false, cache: false },
    fetch: { ...(trusted ?? given).fetch, allowPrivateAddresses },
    announce: [],
    worker: { ...given.worker, publicUrl: null },
  };
}

/** Why a review does not request a source; null: it does. */
export async function findRequestObstacle(source: Source, root: string): Promise<string | null> {
  if (source.proxy !== null) return 'a review does not use a proxy';
  const { url, moreFeeds, headers } = source;
  if (containsStandIn([url, moreFeeds, headers])) return 'it needs an environment variable that a review does not read';
  for (const address of [url, ...(moreFeeds ?? [])]) {
    // Reading a missing file reports it.
    const isInside = !address.startsWith('file:') || (await isWithin(fileURLToPath(address), root).catch(() => true));
    if (!isInside) return "its file is outside the section's folder";
  }
  return null;
}
