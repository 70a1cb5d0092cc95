/** Closes due digest issues and adds the files of all issues to the edition. */

import type { Theme } from '../../../model/page.js';
import type { Writer } from '../../../write/writer.js';
import type { EditionPart, PublishedDigest } from '../edition-parts.js';
import { MOST_IN_MENU } from '../pages/menu.js';
import { isPublished } from '../pages/page-memory.js';
import type { DigestDeps } from './close-issues.js';

export interface DigestsDeps extends Pick<DigestDeps, 'store' | 'settings' | 'leads' | 'readIntroduction'> {
  readonly writers: readonly Writer[];
  /** null: no pages; mails use the default theme. */
  readonly theme: Theme | null;
}

/** Loads almost no code if the site has no digests. */
export async function publishDigests(
  deps: DigestsDeps,
): Promise<{ readonly parts: readonly EditionPart[]; readonly digests: readonly PublishedDigest[] }> {
  if ((deps.settings.digests ?? []).length === 0) return { parts: [], digests: [] };
  const [{ closeIssues }, { createDigestParts }] = await Promise.all([
    import('./close-issues.js'),
    import('./digest-files.js'),
  ]);
  const all = await createDigestDeps(deps);
  await closeIssues(all);
  return await createDigestParts(all);
}

export async function createDigestDeps(deps: DigestsDeps): Promise<DigestsDeps & DigestDeps> {
  const { resolveDigestZone } = await import('./zone.js');
  const zone = await resolveDigestZone(deps.store, deps.settings);
  const writer = async () => {
    const [{ createIssueWriter }, { composeSite }] = await Promise.all([
      import('../../../write/digest/issue-writer.js'),
      import('../../../compose/page-entry.js'),
    ]);
    const published = await listPublishedTopics(deps);
    return createIssueWriter(
      composeSite(deps.settings, (id) => published.includes(id), { menu: selectFixedMenu(published), zone }),
      deps.theme ?? { templates: {}, stylesheet: '' },
    );
  };
  return { ...deps, zone, writer };
}

async function listPublishedTopics({ store, settings }: DigestsDeps): Promise<string[]> {
  const channels = new Map((await store.channels()).map((each) => [each.channel, each]));
  return settings.topics.flatMap(({ id }) => (isPublished(channels.get(`topics/${id}`)) ? id : []));
}

/** Closed issues must not change, so the menu does not depend on news. Too many topics: only "All topics". */
function selectFixedMenu(published: readonly string[]): readonly string[] {
  return published.length > MOST_IN_MENU ? [] : published;
}
