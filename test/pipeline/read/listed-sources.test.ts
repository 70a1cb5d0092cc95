/** Options that listed sources inherit. */
import { expect, it } from 'vitest';
import { expandListedSources, toFoundSource } from '../../../src/pipeline/read/lists/listed-sources.js';
import { aSource } from '../../support/sources.js';

it('gives neither sites nor headers of a list to its sources', () => {
  const list = aSource({ id: 'friends', perDay: 7, sites: ['friends.example'], headers: { cookie: 'a=b' } });
  const found = toFoundSource(list, 'coast', 'https://coast.example/feed');
  expect(found).toMatchObject({ perDay: 7, headers: {} });
  expect(found).not.toHaveProperty('sites');
});

it('gives the name of a configured source to no other', () => {
  const list = aSource({ id: 'friends', reading: { lists: true } as never });
  const post = aSource({ id: 'post', url: 'https://post.example/feed', title: null });
  const member = (id: string, title: string) => ({
    id,
    url: `https://${id}.example/feed`,
    title,
    topics: [],
    left: false,
  });
  const known = [member('evil', 'the  POST'), member('copy', 'post.example'), member('coast', 'The Coast')];
  const states = new Map([
    ['post', { configuredUrl: post.url, list: null, parts: null, profile: { title: 'The Post' } }],
    ['friends', { configuredUrl: list.url, list: { sources: known, folders: [] }, parts: null }],
  ]) as never;
  const { sources } = expandListedSources({ sources: [post, list], topics: [] }, states);
  expect(sources.map(({ id, title }) => [id, title])).toEqual([
    ['post', null],
    ['evil', null],
    ['copy', null],
    ['coast', 'The Coast'],
  ]);
});
