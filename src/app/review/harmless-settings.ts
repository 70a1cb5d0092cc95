/** What a review follows of settings that a stranger may have written. */
import { fileURLToPath } from 'node:url';
import { needsUnread } from '../../config/environment.js';
import { isWithin } from '../../config/paths.js';
import type { Settings, StoreSettings } from '../../model/settings.js';
import type { Source } from '../../model/source.js';

export interface ReviewSite {
  /** The copy that the review works on. */
  readonly store: StoreSettings;
  /** The published edition, which is only read. */
  readonly publishDir: string;
  /** The settings as they are, before the change; null: unknown. */
  readonly trusted: Settings | null;
  readonly allowPrivateAddresses: boolean;
}

/**
 * Commands and templates are those from before the change, and so are the limits of requests; nothing is announced, pinged, or published elsewhere;
 * no picture is read. Of its sources, some are not asked (`whyNotAsked`).
 */
export function harmless(given: Settings, site: ReviewSite): Settings {
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

/** Why a review does not ask a source; null: it does. */
export async function whyNotAsked(source: Source, root: string): Promise<string | null> {
  if (source.proxy !== null) return 'a review uses no proxy';
  const { url, moreFeeds, headers } = source;
  if (needsUnread([url, moreFeeds, headers]))
    return 'it needs a variable of the environment, which a review does not read';
  for (const address of [url, ...(moreFeeds ?? [])]) {
    // One that is not there is told where it is read.
    const isInside = !address.startsWith('file:') || (await isWithin(fileURLToPath(address), root).catch(() => true));
    if (!isInside) return "its file lies outside of the section's folder";
  }
  return null;
}
