import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { findPageIcons } from '../../src/parse/page-icons.js';
import { preparePictureTools } from '../../src/pictures/open-picture-tools.js';
import { readCleanPng } from '../../src/pictures/png.js';
import { readPictureSize } from '../../src/pictures/size.js';
import { isPlainWebp } from '../../src/pictures/webp.js';
import { aFetcher, aRequest, type Loopback, serveHttp } from '../support/loopback.js';

const colour = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 30, g: 60, b: 90, alpha: 0.5 } } });

describe('the size of a picture', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('is read from the beginning of a %s', async (format) => {
    const bytes = await colour(320, 200)[format]().toBuffer();
    expect(readPictureSize(bytes)).toEqual({ width: 320, height: 200 });
    expect(readPictureSize(Buffer.concat([bytes, Buffer.alloc(1000)]))).toEqual({ width: 320, height: 200 });
  });

  it('follows the EXIF orientation', async () => {
    const bytes = await colour(320, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(readPictureSize(bytes)).toEqual({ width: 200, height: 320 });
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>x</title>'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'],
    ['a TIFF', 'II*\0\b\0\0\0'],
    ['half a header', '\x89PNG\r\n\x1a\n\0\0\0'],
  ])('is unknown of %s', (_, text) => {
    expect(readPictureSize(Buffer.from(text, 'latin1'))).toBeNull();
  });

  it('is null for pictures that are too small, too large or too long', async () => {
    for (const [width, height] of [
      [15, 15],
      [20, 400],
      [1, 1],
    ] as const)
      expect(readPictureSize(await colour(width, height).png().toBuffer())).toBeNull();
  });
});

describe('a PNG', () => {
  it('keeps only its image data', async () => {
    const bytes = await colour(40, 40)
      .withExif({ IFD0: { Artist: 'A person' } })
      .png()
      .toBuffer();
    const clean = readCleanPng(Buffer.concat([bytes, Buffer.from('<script>')]))!;
    expect(clean).toMatchObject({ width: 40, height: 40 });
    expect(Buffer.from(clean.bytes).toString('latin1')).not.toMatch(/eXIf|pHYs|script/);
    expect((await sharp(clean.bytes).raw().toBuffer()).equals(await sharp(bytes).raw().toBuffer())).toBe(true);
  });

  it('that is truncated or corrupt is rejected', async () => {
    const bytes = await colour(40, 40).png().toBuffer();
    expect(readCleanPng(bytes.subarray(0, -1))).toBeNull();
    const other = Buffer.from(bytes);
    other[60] = (other[60]! + 1) % 256;
    expect(readCleanPng(other)).toBeNull();
    expect(readCleanPng(deflateSync(bytes))).toBeNull();
  });
});

describe('a WebP', () => {
  it('is reused without metadata, animation and trailing data', async () => {
    const plain = await colour(40, 40).webp().toBuffer();
    expect(isPlainWebp(plain)).toBe(true);
    expect(isPlainWebp(Buffer.concat([plain, Buffer.from('more')]))).toBe(false);
    expect(isPlainWebp(plain.subarray(0, 30))).toBe(false);
    expect(
      isPlainWebp(
        await colour(40, 40)
          .webp()
          .withExif({ IFD0: { Artist: 'A' } })
          .toBuffer(),
      ),
    ).toBe(false);
    expect(isPlainWebp(await colour(40, 40).png().toBuffer())).toBe(false);
  });
});

describe('the icons that a page declares', () => {
  it.each([
    [
      'the best size first',
      '<link rel=icon href=/a.svg sizes=any><link rel="icon" sizes="48x48" href="b.png"><link rel="apple-touch-icon" href="c.png">',
      ['b.png', 'c.png'],
    ],
    [
      'relative to its base, each once',
      '<base href="/x/"><link rel="shortcut icon" href="a.ico"><link rel=icon href="a.ico">',
      ['x/a.ico'],
    ],
    [
      'only valid URLs',
      '<link rel=icon href="data:image/png;base64,xx"><link rel=icon href="javascript:1"><link rel=stylesheet href=a.css>',
      [],
    ],
  ])('%s', (_, html, names) => {
    expect(findPageIcons(html, 'https://paper.example/')).toEqual(names.map((name) => `https://paper.example/${name}`));
  });
});

describe('copies of pictures', () => {
  const settings = (cache: boolean) => ({
    images: { fetch: false, icons: false, cache },
    configPath: 'config/newsloom.yaml',
  });
  const missing = () => {
    throw new Error('not found');
  };
  it('require sharp, with a message that tells how to install it', () => {
    expect(() => preparePictureTools(settings(true), 'any', missing)).toThrow(
      /images\.cache: it needs the package sharp: run `npm install sharp@0\.35`, or set it to false/,
    );
  });
  it('do not require sharp if they are off', () => {
    expect(preparePictureTools(settings(false), 'any', missing)).toBeInstanceOf(Function);
  });
});

describe('the beginning of a file', () => {
  let server: Loopback | null = null;
  afterEach(() => server?.close());
  const file = { accept: 'image/png', most: 64 * 1024, part: 'beginning' } as const;

  it('is all that is read of an endless file, with and without range support', async () => {
    let sent = 0;
    server = await serveHttp((_, response) => {
      response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': '900000000' });
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16 * 1024))) sent += 16 * 1024;
      };
      response.on('drain', write);
      write();
    });
    const fetcher = aFetcher();
    const answer = await fetcher.fetch(aRequest(server.url, { file }), new AbortController().signal);
    await fetcher.close();
    expect(answer.kind === 'fresh' && answer.body.length).toBe(64 * 1024);
    expect(sent).toBeLessThan(20_000_000); // bytes in socket buffers
  });

  it('is requested uncompressed and accepted as 206', async () => {
    const asked: Record<string, unknown>[] = [];
    server = await serveHttp((request, response) => {
      asked.push(request.headers);
      response.writeHead(206, { 'Content-Range': 'bytes 0-9/100' }).end('0123456789');
    });
    const fetcher = aFetcher();
    const answer = await fetcher.fetch(aRequest(server.url, { file }), new AbortController().signal);
    await fetcher.close();
    expect(answer).toMatchObject({ kind: 'fresh', status: 206 });
    expect(asked).toMatchObject([{ range: 'bytes=0-65535', accept: 'image/png', 'accept-encoding': 'identity' }]);
  });
});
