/** Selects the article fields that a command receives, within the source's content permission. */
import type { Article } from '../../../model/article.js';
import type { EnrichCommand } from '../../../model/machine.js';
import type { Licence } from '../../../model/source.js';
import { contentDigest } from '../../../text/digest.js';

export interface CommandInput {
  readonly key: string;
  /** JSON. */
  readonly line: string;
}

/** Increase when the fields change. */
const INPUT_VERSION = 1;

/** Covers everything that can change an answer; excludes variables, limits and presentation. */
export function commandDigest({ run, of, as, language }: EnrichCommand, root: string): string {
  // Paths inside the site are relative, so that moving the site keeps the digest.
  const words = run.map((word) => (word.startsWith(`${root}/`) ? word.slice(root.length + 1) : word));
  return contentDigest(JSON.stringify([INPUT_VERSION, words, [...of].sort(), as, language]));
}

/** null: no permitted field has content. */
export function toCommandInput(
  article: Article,
  command: Pick<EnrichCommand, 'of'>,
  digest: string,
  licence: Licence,
): CommandInput | null {
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
