/** Options that listed sources inherit. */
import { expect, it } from 'vitest';
import { toFoundSource } from '../../../src/pipeline/read/lists/listed-sources.js';
import { aSource } from '../../support/sources.js';

it('gives neither sites nor headers of a list to its sources', () => {
  const list = aSource({ id: 'friends', perDay: 7, sites: ['friends.example'], headers: { cookie: 'a=b' } });
  const found = toFoundSource(list, 'coast', 'https://coast.example/feed');
  expect(found).toMatchObject({ perDay: 7, headers: {} });
  expect(found).not.toHaveProperty('sites');
});
