/** Updates stored articles when the editor retitles their source. */
import type { Article, Attribution } from '../../model/article.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { readSourceArticles } from '../facts/every-article.js';

/** Meta key: source titles last applied to articles, as JSON by source. */
const TITLES = 'source-titles';

type Titles = Readonly<Record<SourceId, string | null>>;

/** Includes hidden and archived articles. Dates stay, because a new publication title is not a revision. */
export async function applyTitles(
  store: Store,
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile'>>,
): Promise<void> {
  const titles: Titles = Object.fromEntries(
    sources.map(({ id, title }) => [id, title] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const text = JSON.stringify(titles);
  const known = await store.readJson<Titles>(TITLES);
  if (JSON.stringify(known) === text) return;
  const before = known ?? titles;
  for (const source of sources) {
    const was = [source.id, ...(source.formerly ?? [])].find((id) => id in before);
    if (was !== undefined && before[was] !== source.title) await retitle(store, source, states.get(source.id));
  }
  await store.saveMeta(TITLES, text);
}

async function retitle(store: Store, source: Source, state: Pick<SourceFacts, 'profile'> | undefined): Promise<void> {
  const title = await resolveSourceName(source, state?.profile ?? null);
  for await (const articles of readSourceArticles(source.id, store)) {
    const changed = articles.filter((article) => publicationTitle(article) !== title);
    if (changed.length === 0) continue;
    await store.saveCredits(
      changed.map(({ ref, authors, attribution }) => ({ ref, authors, attribution: withTitle(title, attribution) })),
    );
  }
}

/** Equals the name that `ownPublication` finds in a document. Loads its code only if a title changed. */
async function resolveSourceName({ id, title }: Source, profile: SourceFacts['profile']): Promise<string> {
  const [{ cleanName }, { derivePublicationName }] = await Promise.all([
    import('../../clean/plain-text.js'),
    import('../../clean/attribution/publication-name.js'),
  ]);
  const feed = { title: profile?.title ?? '', url: profile?.homeUrl ?? profile?.feedUrl ?? null };
  return cleanName(title) || derivePublicationName({ ...feed, rights: profile?.rights ?? '' }) || id;
}

/** In an article from another publication, `via` is the feed's publication. */
function publicationTitle({ attribution: { via, publication } }: Article): string {
  return (via ?? publication).title;
}

function withTitle(title: string, attribution: Attribution): Attribution {
  const { via, publication } = attribution;
  return via === null
    ? { ...attribution, publication: { ...publication, title } }
    : { ...attribution, via: { ...via, title } };
}
