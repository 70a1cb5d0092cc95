/** Lists of objects. */
import { expect, it } from 'vitest';
import { createBucket } from '../../../src/sink/s3/bucket.js';

const settings = {
  bucket: 'b',
  prefix: 'feeds/',
  endpoint: 'https://s3.example',
  region: 'r',
  conditional: true,
};

/** Keys as listed by a store. */
async function listed(keys: readonly string[], encoding: string): Promise<string[]> {
  const rows = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size><ETag>"e"</ETag></Contents>`);
  const body = Buffer.from(`<ListBucketResult>${encoding}${rows.join('')}</ListBucketResult>`);
  const bucket = createBucket(settings, async () => ({ status: 200, headers: new Headers(), body }));
  return [...(await bucket.list()).keys()];
}

it('reads plain keys if the store does not encode them', async () => {
  const keys = ['feeds/100% true.html', 'feeds/c++.html', 'feeds/a%20b.html', 'feeds/a &amp; b.html'];
  expect(await listed(keys, '')).toEqual(['100% true.html', 'c++.html', 'a%20b.html', 'a & b.html']);
});

it('decodes encoded keys', async () => {
  const keys = ['feeds/100%25+true.html', 'feeds/c%2B%2B.html', 'feeds/a%2520b.html'];
  const names = ['100% true.html', 'c++.html', 'a%20b.html'];
  expect(await listed(keys, '<EncodingType>url</EncodingType>')).toEqual(names);
});
