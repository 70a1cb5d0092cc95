/** Schema of `publish.s3`. */
import type { S3Settings } from '../model/settings.js';
import { z } from '../model/zod.js';
import { filled, optional, plainUrl } from './fields.js';

export const bucketFields = z
  .strictObject({
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
        error: 'not a bucket name: use 3 to 63 of a-z, 0-9, "-" and "."',
      })
      .describe('Name of the bucket.'),
    prefix: z
      .string()
      .refine(isPrefix, { error: 'not a prefix: write it without a leading "/", such as feeds/' })
      .default('')
      .meta({ description: 'Prefix of each object key, such as `feeds/`.', defaultText: 'none' }),
    endpoint: optional(plainUrl(), 'AWS in `region`', 'Address of the object store, without the bucket.'),
    region: optional(filled(), '`auto` with an `endpoint`', 'Region of the bucket.'),
    conditional: z
      .boolean()
      .default(true)
      .describe(
        'Whether the store supports conditional writes (`If-Match`, `If-None-Match`), which prevent one publisher from overwriting a newer edition.',
      ),
  })
  .refine(({ endpoint, region }) => endpoint !== undefined || region !== undefined, {
    error: 'required: the AWS region, or the endpoint of another store',
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
