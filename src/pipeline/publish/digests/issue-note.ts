/** Schema of issues as stored and published. Loaded on demand. */
import { z } from '../../../model/zod.js';

const dateField = z.union([z.string(), z.date()]).pipe(z.coerce.date());
const link = {
  id: z.string(),
  url: z.string(),
  title: z.string(),
  publication: z.string(),
  publishedAt: dateField,
};

/** Stored, and published next to the issue's pages (`digests/<id>/<n>.json`). */
export const issueNote = z.object({
  number: z.int().min(1),
  closedAt: dateField,
  title: z.string(),
  introduction: z.string().exactOptional(),
  items: z.array(
    z.object({
      ...link,
      sourceId: z.string(),
      summary: z.string(),
      language: z.string().nullable(),
      others: z.array(z.object(link)),
      more: z.int().min(0),
    }),
  ),
});

export const storedIssue = issueNote.extend({ content: z.string() });
