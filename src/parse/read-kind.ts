/** Reads a source's document by the source's kind. */
import type { ParsedFeed } from '../model/item.js';
import type { Source } from '../model/source.js';
import type { KindDocument } from './kind.js';
import { kindNamed } from './kinds.js';

/** Rejects with `ParseError` only. */
export async function readByKind(
  { own, reading }: Pick<Source, 'own' | 'reading'>,
  document: Pick<KindDocument, 'body' | 'contentType' | 'url'>,
): Promise<ParsedFeed> {
  const reader = await kindNamed(own?.kind ?? reading?.kind ?? 'feed').load();
  return await reader.read({ ...document, own, options: reading?.options });
}
