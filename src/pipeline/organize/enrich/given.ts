/** What a command is given of an article: what its source lets us show, and nothing else. */
import type { Article } from '../../../model/article.js';
import type { EnrichCommand } from '../../../model/machine.js';
import type { Licence } from '../../../model/source.js';
import { contentDigest } from '../../../text/digest.js';

/** One article as a command reads it, and the key by which its answer is kept; null: there is nothing to give. */
export interface Given {
  readonly key: string;
  /** JSON. */
  readonly line: string;
}

/** Must be increased where commands are given or asked something else. */
const GIVEN_VERSION = 1;

/** Changes with everything that may change an answer: neither the variables that it gets, nor the bounds, nor how it is shown. */
export function commandDigest({ run, of, as, language }: EnrichCommand, root: string): string {
  // A site that is moved to another folder asks nothing again.
  const words = run.map((word) => (word.startsWith(`${root}/`) ? word.slice(root.length + 1) : word));
  return contentDigest(JSON.stringify([GIVEN_VERSION, words, [...of].sort(), as, language]));
}

export function givenOf(
  article: Article,
  command: Pick<EnrichCommand, 'of'>,
  digest: string,
  licence: Licence,
): Given | null {
  const fields = Object.entries(fieldsOf(article, licence)).filter(
    ([name, value]) => value !== '' && command.of.includes(name as keyof ReturnType<typeof fieldsOf>),
  );
  if (fields.length === 0) return null;
  const { id, language } = article;
  const key = contentDigest(JSON.stringify([digest, language, fields]));
  return { key, line: JSON.stringify({ id, language, ...Object.fromEntries(fields) }) };
}

function fieldsOf({ title, retitled, summary, contentHtml, url, attribution }: Article, licence: Licence) {
  return {
    title: retitled ?? title,
    summary: licence === 'none' ? '' : summary,
    content: licence === 'full' ? (contentHtml ?? '') : '',
    url: url ?? '',
    publication: attribution.publication.title,
  };
}
