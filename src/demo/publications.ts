/** Lists the invented sample publications. Each has a different format and a different fault of real feeds. */

export interface SamplePublication {
  readonly host: string;
  /** Relative to `publications/`. */
  readonly file: string;
  readonly contentType: string;
}

/** Served as `http://<host>/feed`, with their pictures and icons. */
export const publications: readonly SamplePublication[] = [
  { host: 'harbour-courier.example', file: 'harbour-courier.rss', contentType: 'application/rss+xml' },
  { host: 'meridian-post.example', file: 'meridian-post.atom', contentType: 'application/atom+xml' },
  // Bare ampersands, HTML entities, an item that is never closed: not well-formed XML.
  { host: 'northern-ledger.example', file: 'northern-ledger.rss', contentType: 'text/xml' },
  // windows-1251, declared in the XML declaration only.
  { host: 'visnyk-uzberezhzhia.example', file: 'visnyk-uzberezhzhia.rss', contentType: 'application/rss+xml' },
  { host: 'atlas-wire.example', file: 'atlas-wire.json', contentType: 'application/feed+json' },
  { host: 'gazette-du-delta.example', file: 'gazette-du-delta.rdf', contentType: 'application/rdf+xml' },
  // No dates at all.
  { host: 'open-notebook.example', file: 'open-notebook.rss', contentType: 'application/rss+xml' },
  { host: 'kuestenbote.example', file: 'kuestenbote.atom', contentType: 'application/atom+xml' },
];
