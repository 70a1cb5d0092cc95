import { expect, it } from 'vitest';
import { cleanEnclosures } from '../../src/clean/media.js';

const A = 'https://paper.example/episode';

it.each<[string | null, string, string | null]>([
  ['audio/mpeg', `${A}.mp3`, 'audio/mpeg'],
  ['Audio/MPEG; charset=binary', A, 'audio/mpeg'],
  [null, `${A}.m4a?x=1`, 'audio/mp4'],
  ['application/octet-stream', `${A}.ogv`, 'video/ogg'],
  ['x-audio/mp3', `${A}.mp3`, 'audio/mpeg'],
  ['x-audio/mp3', A, 'audio/mpeg'],
  ['x-video/mp4', A, 'video/mp4'],
  ['application/x-ms-wmd', `${A}.wmv`, 'video/x-ms-wmv'],
  ['application/x-ms-wmd', `${A}.wmd`, null],
  ['image/jpeg', `${A}.jpg`, null],
  ['image/jpeg', `${A}.mp4`, null],
  ['application/pdf', `${A}.pdf`, null],
  [null, A, null],
])('the type of an enclosure: %s at %s is %s', (type, url, expected) => {
  const [link] = cleanEnclosures([{ url, type, length: 1, duration: null }], 'https://paper.example/feed');
  expect(link?.type ?? null).toBe(expected);
});
