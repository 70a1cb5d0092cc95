/** Writes structured data (schema.org) for pages, limited to what the pages show. */
import type { Author } from '../../model/article.js';
import type { Entry } from '../../model/channel.js';
import { formatRfc3339 } from '../../text/timestamp.js';

type Node = Readonly<Record<string, unknown>>;

/** For a script element: `<` is escaped. */
export function jsonLd(graph: readonly Node[]): string {
  return JSON.stringify({ '@context': 'https://schema.org', '@graph': graph })
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** Describes an article and its origin: another publication, or the section itself. */
export function articleGraph(
  entry: Entry,
  page: {
    readonly url: string;
    readonly language: string;
    readonly authors: readonly Author[];
    readonly credit: string;
    readonly updatedAt: Date | null;
    readonly summary: string;
    readonly image: string | null;
  },
): Node[] {
  const article = `${page.url}#article`;
  return [
    {
      '@type': 'WebPage',
      '@id': page.url,
      url: page.url,
      name: entry.title,
      inLanguage: page.language,
      ...(entry.originalUrl === null ? {} : { isBasedOn: entry.originalUrl }),
      creditText: page.credit,
      ...(entry.credited === null ? {} : { citation: entry.credited.url ?? entry.credited.title }),
      mainEntity: { '@id': article },
    },
    {
      '@type': 'NewsArticle',
      '@id': article,
      identifier: entry.id,
      url: entry.originalUrl ?? page.url,
      headline: entry.title,
      datePublished: formatRfc3339(entry.publishedAt),
      ...(page.updatedAt === null ? {} : { dateModified: formatRfc3339(page.updatedAt) }),
      ...(page.authors.length === 0
        ? {}
        : {
            author: page.authors.map(({ name, url }) => ({
              '@type': 'Person',
              name,
              ...(url === null ? {} : { url }),
            })),
          }),
      publisher: {
        '@type': 'Organization',
        name: entry.publication.title,
        ...(entry.publication.url === null ? {} : { url: entry.publication.url }),
      },
      ...(page.summary === '' ? {} : { description: page.summary }),
      ...(entry.language === null ? {} : { inLanguage: entry.language }),
      ...(page.image === null ? {} : { image: page.image }),
    },
  ];
}

export function listGraph(page: {
  readonly url: string;
  readonly name: string;
  readonly language: string;
  readonly articles: readonly string[];
}): Node[] {
  const items = page.articles.map((url, i) => ({ '@type': 'ListItem', position: i + 1, url }));
  const list = { '@type': 'ItemList', itemListElement: items };
  const mainEntity = items.length === 0 ? {} : { mainEntity: list };
  return [{ '@type': 'CollectionPage', '@id': page.url, url: page.url, name: page.name, inLanguage: page.language, ...mainEntity }]; // biome-ignore format: one node
}

export function breadcrumbNode(steps: readonly { readonly text: string; readonly url: string }[]): Node {
  const itemListElement = steps.map(({ text, url }, i) => ({ '@type': 'ListItem', position: i + 1, name: text, item: url })); // biome-ignore format: one step
  return { '@type': 'BreadcrumbList', itemListElement };
}
