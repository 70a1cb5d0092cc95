/** What a command gets of an article: what the source's licence lets us show. */
import type { Article } from '../../../model/article.js';
import type { EnrichCommand } from '../../../model/machine.js';
import type { Licence } from '../../../model/source.js';
import { contentDigest } from '../../../text/digest.js';

/** One article as a command reads it, and the key by which its answer is stored. */
export interface Given {
  readonly key: string;
  /** JSON. */
  readonly line: string;
}

/** Must be increased when commands get other fields. */
const GIVEN_VERSION = 1;

/** Changes with everything that may change an answer. Variables, limits and presentation do not. */
export function commandDigest({ run, of, as, language }: EnrichCommand, root: string): string {
  // Moving a site to another folder must not change the digest.
  const words = run.map((word) => (word.startsWith(`${root}/`) ? word.slice(root.length + 1) : word));
  return contentDigest(JSON.stringify([GIVEN_VERSION, words, [...of].sort(), as, language]));
}

/** null: there is nothing to give. */
export function toGiven(
  article: Article,
  command: Pick<EnrichCommand, 'of'>,
  digest: string,
  licence: Licence,
): Given | null {
  const fields = Object.entries(selectFields(article, licence)).filter(
    ([name, value]) => value !== '' && command.of.includes(name as keyof ReturnType<typeof selectFields>),
  );
  if (fields.length === 0) return null;
  const { id, language } = article;
  const key = contentDigest(JSON.stringify([digest, language, fields]));
  return { key, line: JSON.stringify({ id, language, ...Object.fromEntries(fields) }) };
}

function selectFields({ title, retitled, summary, contentHtml, url, attribution }: Article, licence: Licence) {
  return {
    title: retitled ?? title,
    summary: licence === 'none' ? '' : summary,
    content: licence === 'full' ? (contentHtml ?? '') : '',
    url: url ?? '',
    publication: attribution.publication.title,
  };
}
