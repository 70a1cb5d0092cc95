/** Infers the state of the published edition, so that the next run detects config changes. */
import type { EditionSettings } from '../../compose/settings.js';
import { STORIES } from '../../model/channel.js';
import type { PageMemory } from '../../model/page.js';
import type { Licence, SourceId, WithdrawnPolicy } from '../../model/source.js';
import { createEditionState, type EditionState } from '../publish/edition-state.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition } from './published-edition.js';

/** The next edition renders heads and growing archives again. It keeps full archives unless a permission was narrowed. */
export function inferLastEdition(
  settings: EditionSettings,
  edition: PublishedEdition,
  articles: readonly RestoredArticle[],
  pages: PageMemory | null,
): EditionState {
  const stories = edition.stories === null ? [] : [[STORIES, edition.stories] as const];
  const heads = [...edition.channels].map(([path, { ids }]) => [path, ids] as const);
  return {
    ...createEditionState(settings, null, {}),
    settings: '',
    rights: inferPermissions(settings, articles),
    ...(pages !== null && { pages }),
    channels: Object.fromEntries(
      [...heads, ...stories].map(([path, { length }]) => [path, { metadata: '', entries: length }]),
    ),
  };
}

/** Grants only what the published texts prove. */
function inferPermissions(
  { sources }: EditionSettings,
  articles: readonly RestoredArticle[],
): Record<SourceId, readonly [Licence, WithdrawnPolicy]> {
  const shown = new Map<SourceId, Licence>();
  for (const { article } of articles) {
    const { sourceId, summary, contentHtml, image } = article;
    if (contentHtml !== null) shown.set(sourceId, 'full');
    else if (!shown.has(sourceId) && (summary !== '' || image !== null)) shown.set(sourceId, 'summary');
  }
  return Object.fromEntries(sources.map(({ id, content, withdrawn }) => [id, [shown.get(id) ?? content, withdrawn]]));
}
