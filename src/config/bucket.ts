/** `publish.s3`. */
import type { S3Settings } from '../model/settings.js';
import { z } from '../model/zod.js';
import { filled, plainUrl } from './fields.js';

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
    endpoint: plainUrl().optional().meta({
      description: 'The address of the object store, without the bucket.',
      defaultText: 'that of AWS in `region`',
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
  })
  .transform(
    ({ prefix, endpoint, region, ...written }): S3Settings => ({
      ...written,
      prefix: prefix.replace(/(?<=[^/])$/, '/'),
      endpoint: new URL(endpoint ?? `https://s3.${region}.amazonaws.com`).href.replace(/\/+$/, ''),
      region: region ?? 'auto',
    }),
  );

function isPrefix(prefix: string): boolean {
  const parts = prefix.replace(/\/$/, '').split('/');
  const isPart = (part: string) => part !== '' && part !== '.' && part !== '..';
  return prefix === '' || (parts.every(isPart) && !/[\\\u0000-\u001f]/.test(prefix));
}
