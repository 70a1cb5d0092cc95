/** Reads the newest article of a source with and without its `text` selectors. Stores nothing. */
import type { Settings } from '../../model/settings.js';
import type { Source, TextSelectors } from '../../model/source.js';
import { readPageDirectly } from '../../pipeline/read/reader/read-page.js';
import { htmlToText } from '../../text/html.js';
import { fetchDocument } from '../add-source/find-feed.js';
import { createFetcher } from '../http-clients.js';
import { cleanAnswer } from './try-rules.js';

export interface TestedText {
  readonly title: string;
  readonly url: string | null;
  /** Plain text; empty: none. */
  readonly before: string;
  readonly after: string;
}

/** null: the feed has no article. Rejects with FetchError or ParseError. */
export async function testText(settings: Settings, source: Source, signal: AbortSignal): Promise<TestedText | null> {
  const fetcher = createFetcher(settings);
  const visit = { fetcher, settings, signal };
  try {
    const answer = await fetchDocument(source.url, visit);
    const { text, ...plain } = source;
    const [before] = await cleanAnswer(plain, answer, settings.credits);
    const [after] = await cleanAnswer(source, answer, settings.credits);
    if (before === undefined || after === undefined) return null;
    const { title, url } = before;
    if (source.articlePages !== true || url === null)
      return { title, url, before: before.bodyText ?? before.summary, after: after.bodyText ?? after.summary };
    const { body, contentType, finalUrl } = await fetchDocument(url, visit);
    const feed = { summary: '', contentHtml: null };
    const read = async (selectors?: TextSelectors) =>
      htmlToText((await readPageDirectly({ body, page: { contentType, url: finalUrl, feed, text: selectors } })).html ?? ''); // biome-ignore format: one call
    return { title, url, before: await read(), after: await read(text) };
  } finally {
    await fetcher.close();
  }
}
