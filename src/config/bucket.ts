/** `publish.s3`: its shape, and how it becomes settings. */
import type { z as Zod } from 'zod';
import type { S3Settings } from '../model/settings.js';
import { z } from '../model/zod.js';
import { filled } from './fields.js';
import { isPlainHttpUrl } from './values.js';

export const bucketFields = z
  .strictObject({
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
        error: 'not the name of a bucket: 3 to 63 of a-z, 0-9, "-" and "."',
      })
      .describe('Its name.'),
    prefix: z
      .string()
      .refine(isPrefix, { error: 'not a prefix: write it without "/" at its beginning, such as feeds/' })
      .default('')
      .meta({ description: 'What the key of each object begins with, as `feeds/`.', defaultText: 'none' }),
    endpoint: z
      .string()
      .refine(isPlainHttpUrl, { error: 'not an absolute http(s) URL without "?" and "#"' })
      .optional()
      .meta({
        description: 'The address of the object store, without the bucket.',
        defaultText: 'that of AWS in `region`',
        typeText: 'URL',
      }),
    region: filled().optional().meta({ description: 'Its region.', defaultText: '`auto`, with an `endpoint`' }),
    conditional: z
      .boolean()
      .default(true)
      .describe(
        'Whether the store takes conditional writes (`If-Match`, `If-None-Match`), by which no publisher undoes a later one.',
      ),
  })
  .refine(({ endpoint, region }) => endpoint !== undefined || region !== undefined, {
    error: 'name the region of AWS, or the endpoint of another store',
  });

type WrittenBucket = Zod.infer<typeof bucketFields>;

export function resolvedBucket({ bucket, prefix, endpoint, region, conditional }: WrittenBucket): S3Settings {
  const at = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`).href;
  return {
    bucket,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    endpoint: at.replace(/\/+$/, ''),
    region: region ?? 'auto',
    conditional,
  };
}

function isPrefix(prefix: string): boolean {
  const parts = prefix.replace(/\/$/, '').split('/');
  const isPart = (part: string) => part !== '' && part !== '.' && part !== '..';
  return prefix === '' || (parts.every(isPart) && !/[\\\u0000-\u001f]/.test(prefix));
}
