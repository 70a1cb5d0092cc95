/** Parses a JSON Feed that newsloom published. */
import type { z as Zod } from 'zod';
import { isAddress } from '../../model/address.js';
import { ENRICH_KINDS } from '../../model/machine.js';
import { z } from '../../model/zod.js';

/** null: missing. */
const textField = z
  .string()
  .nullish()
  .transform((value) => value || null);
const countField = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
/** A complete, valid date. */
const dateField = z.string().pipe(z.coerce.date());
/** An http(s) URL. newsloom writes no other links. */
const addressField = z.string().refine((value) => /^https?:\/\//.test(value) && isAddress(value), {
  error: ({ input }) => `${JSON.stringify(String(input).slice(0, 100))} is not a page URL`,
});
const listField = <T extends Zod.ZodType>(each: T) => z.array(each).default([]);

const publicationField = z
  .object({ title: z.string().default(''), url: textField, feed_url: textField })
  .transform(({ title, url, feed_url: feedUrl }) => ({ title, url, feedUrl }));

/** In JSON Feed, an image is only a URL. */
const imageField = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  z.object({ url: z.string(), width: countField, height: countField, alt: textField, type: textField }),
);

const attachmentField = z
  .object({ url: z.string(), mime_type: z.string(), size_in_bytes: countField, duration_in_seconds: countField })
  .transform(({ url, mime_type: type, size_in_bytes: length, duration_in_seconds: duration }) => {
    return { url, type, length, duration };
  });

const fileField = z
  .object({ url: z.string(), mime_type: z.string() })
  .transform(({ url, mime_type: type }) => ({ url, type }));

const transcriptField = z
  .object({ url: z.string(), mime_type: z.string(), language: textField })
  .transform(({ url, mime_type: type, language }) => ({ url, type, language }));

const episodeField = z.object({
  season: countField,
  number: countField,
  transcripts: listField(transcriptField),
  chapters: fileField.nullish().transform((value) => value ?? null),
  people: listField(z.object({ name: z.string(), role: textField, url: textField })),
});

const sourceField = z.object({
  ...publicationField.in.shape,
  rights: textField,
  comments_url: textField,
  via: publicationField.optional(),
  credited: z.object({ title: z.string(), url: textField }).optional(),
});

const machineField = z
  .object({
    as: z.enum(ENRICH_KINDS),
    by: z.string(),
    of: z.string(),
    language: textField,
    title: textField,
    summary: textField,
    content_html: textField,
    topics: listField(z.string()),
    original: z.object({ language: textField, title: textField, summary: textField }).optional(),
  })
  .transform(({ content_html: contentHtml, original, ...made }) => ({ made: { ...made, contentHtml }, original }));

const entry = z
  .object({
    id: z.string().min(1),
    url: addressField,
    external_url: addressField.optional(),
    title: z.string().default(''),
    summary: z.string().default(''),
    content_html: textField,
    authors: listField(z.object({ name: z.string(), url: textField })),
    language: textField,
    date_published: dateField,
    date_modified: dateField.optional(),
    image: imageField.optional(),
    attachments: listField(attachmentField),
    _episode: episodeField.optional(),
    _topics: z.object({ items: listField(z.object({ id: textField, label: z.string() })) }).optional(),
    _source: sourceField,
    _machine: z.object({ items: listField(machineField) }).optional(),
  })
  .transform((item) => ({
    id: item.id,
    /** Link target: the publisher's article or our page. */
    link: item.url,
    /** URL of the publisher's article. */
    url: item.external_url ?? item.url,
    ...restorePublisherText(item),
    authors: item.authors,
    publishedAt: item.date_published,
    /** null: never revised. */
    updatedAt: item.date_modified && item.date_modified > item.date_published ? item.date_modified : null,
    image: item.image ?? null,
    enclosures: item.attachments,
    episode: item._episode ?? null,
    topics: item._topics?.items ?? [],
    publication: publicationField.parse(item._source),
    via: item._source.via ?? null,
    credited: item._source.credited ?? null,
    discussionUrl: item._source.comments_url,
    rights: item._source.rights,
    /** Content made by machines. `original`: it replaces the publisher's text. */
    machine: (item._machine?.items ?? []).map(({ made, original }) => {
      return { ...made, ...(original !== undefined && { instead: true as const }) };
    }),
  }));

interface PublishedText {
  readonly title: string;
  readonly summary: string;
  readonly content_html: string | null;
  readonly language: string | null;
  readonly _machine?: { readonly items: readonly Zod.output<typeof machineField>[] } | undefined;
}

/** Restores the text that a machine replaced. The publisher's full text returns with the next feed document. */
function restorePublisherText({ title, summary, content_html, language, _machine }: PublishedText) {
  const { made, original } = _machine?.items.find((one) => one.original !== undefined) ?? {};
  return {
    title: original?.title ?? title,
    summary: original?.summary ?? summary,
    contentHtml: made?.contentHtml && made.contentHtml === content_html ? null : content_html,
    /** null: use the document's language, if any. */
    language: original === undefined ? language : original.language,
  };
}

const storyField = z.object({
  id: z.string(),
  lead: z.string(),
  copies: listField(z.object({ id: z.string(), of: z.string() })),
});

const feedSchema = z.object({
  title: z.string().default(''),
  language: textField,
  items: z.array(entry),
  /** Only in the feed of a story. */
  _story: storyField.optional(),
});

export type PublishedEntry = Zod.output<typeof entry>;
export type PublishedFeed = Zod.output<typeof feedSchema>;

/** Throws an Error with a one-sentence message if the text is not such a feed. */
export function readPublishedFeed(text: string): PublishedFeed {
  const read = feedSchema.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${issue!.path.join('.')}: ${issue!.message}`);
}
