/** Makes the search index of pages, in the order of their paths. Returns its files by path in `pagefind/`. Deterministic. */
export type BuildSearchIndex = (
  pages: AsyncIterable<{ readonly path: string; readonly html: string }>,
  language: string,
) => Promise<ReadonlyMap<string, Uint8Array>>;
