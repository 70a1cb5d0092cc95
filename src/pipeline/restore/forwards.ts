/** Finds story pages that redirect to an article. */
import type { Manifest } from '../../compose/manifest.js';
import type { Sink } from '../../ports/sink.js';
import { yieldToSignals } from './yield-to-event-loop.js';

const LEADS_TO_ARTICLE = /http-equiv="refresh" content="0; url=\.\.\/articles\/([^/"]+)\.html"/;

/** Maps slugs of stories reduced to one publication, which no feed lists, to the slugs of the article pages. */
export async function readForwards(
  { paths }: Manifest,
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const forwards = new Map<string, string>();
  const pages = new Set(paths);
  for (const path of paths) {
    const [, slug] = /^stories\/([^/]+)\.html$/.exec(path) ?? [];
    if (slug === undefined || pages.has(`stories/${slug}.json`)) continue;
    await yieldToSignals(signal);
    const page = await sink.read(path);
    const [, article] = LEADS_TO_ARTICLE.exec(page === null ? '' : Buffer.from(page).toString('utf8')) ?? [];
    if (article !== undefined) forwards.set(slug, article);
  }
  return forwards;
}
