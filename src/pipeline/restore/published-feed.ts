/** Reads back a feed that we published, in the shape of JSON Feed; Atom and RSS are converted to it first. */
import { z } from 'zod';
import { isAddress } from '../../model/address.js';
import { feedFromXml } from './published-xml.js';

/** null: missing. */
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const count = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
/** A complete, valid date. */
const date = z.string().pipe(z.coerce.date());
/** An http(s) address: anything else was not written by us, and another format of the document may be intact. */
const page = z.string().refine((value) => /^https?:\/\//.test(value) && isAddress(value), {
  error: ({ input }) => `${JSON.stringify(String(input).slice(0, 100))} is no address of a page`,
});
const listOf = <T extends z.ZodType>(each: T) => z.array(each).default([]);

const publication = z
  .object({ title: z.string().default(''), url: text, feed_url: text })
  .transform(({ title, url, feed_url: feedUrl }) => ({ title, url, feedUrl }));

/** JSON Feed has only the address of an image. */
const image = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  z.object({ url: z.string(), width: count, height: count, alt: text, type: text }),
);

const attachment = z
  .object({ url: z.string(), mime_type: z.string(), size_in_bytes: count, duration_in_seconds: count })
  .transform(({ url, mime_type: type, size_in_bytes: length, duration_in_seconds: duration }) => {
    return { url, type, length, duration };
  });

const source = z.object({
  ...publication.in.shape,
  rights: text,
  via: publication.optional(),
  credited: z.object({ title: z.string(), url: text }).optional(),
});

const entry = z
  .object({
    id: z.string().min(1),
    url: page,
    external_url: page.optional(),
    title: z.string().default(''),
    summary: z.string().default(''),
    content_html: text,
    authors: listOf(z.object({ name: z.string(), url: text })),
    language: text,
    date_published: date,
    date_modified: date.optional(),
    image: image.optional(),
    attachments: listOf(attachment),
    _topics: z.object({ items: listOf(z.object({ id: text, label: z.string() })) }).optional(),
    _source: source,
  })
  .transform((item) => ({
    id: item.id,
    /** Target of the entry's link: the publisher's article or our page. */
    link: item.url,
    /** Address of the publisher's article. */
    url: item.external_url ?? item.url,
    title: item.title,
    summary: item.summary,
    contentHtml: item.content_html,
    authors: item.authors,
    /** null: the document's, or none. */
    language: item.language,
    publishedAt: item.date_published,
    /** null where both dates are equal: never revised. */
    updatedAt: item.date_modified && item.date_modified > item.date_published ? item.date_modified : null,
    image: item.image ?? null,
    enclosures: item.attachments,
    /** `id` null: the format has only the label. */
    topics: item._topics?.items ?? [],
    publication: publication.parse(item._source),
    via: item._source.via ?? null,
    credited: item._source.credited ?? null,
    rights: item._source.rights,
  }));

const feed = z.object({
  title: z.string().default(''),
  language: text,
  /** Missing in JSON Feed. */
  updated: date.optional(),
  items: z.array(entry),
  /** RFC 6721; only Atom has them. */
  tombstones: listOf(z.object({ id: z.string(), when: date })),
});

export type PublishedEntry = z.output<typeof entry>;
export type PublishedFeed = z.output<typeof feed>;

/** Throws an Error whose message is one sentence where the text is no feed of that format. */
export function readPublishedFeed(format: string, text: string): PublishedFeed {
  const read = feed.safeParse(format === 'json' ? JSON.parse(text) : feedFromXml(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${issue!.path.join('.')}: ${issue!.message}`);
}
