import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCommonParameters, removeParameters } from '../../../src/text/url/common-parameters.js';

const at = (query: string) => `https://paper.example/view${query}`;

describe('common parameters', () => {
  it.each<[string, string[], string[] | null, string[] | null]>([
    ['of three links', ['?id=1&x=rss', '?id=2&x=rss', '?x=rss&id=3'], null, ['x=rss']],
    ['none of two links, which may agree by chance', ['?id=1&x=rss', '?id=2&x=rss'], null, []],
    ['none of one link three times', ['?id=1', '?id=1', '?id=1'], null, []],
    ['none if one link lacks it', ['?id=1&x=rss', '?id=2&x=rss', '?id=3'], null, []],
    ['none if one has another value', ['?id=1&x=a', '?id=2&x=a', '?id=3&x=b'], null, []],
    ['as known if a new link has it', ['?id=9&x=rss'], ['x=rss'], ['x=rss']],
    ['dropped if a new link lacks it', ['?id=9'], ['x=rss', 'id=9'], ['id=9']],
    ['none later if there were none at first', ['?x=1&id=1', '?x=1&id=2', '?x=1&id=3'], [], []],
    ['unknown without links', [], null, null],
    ['as known without links', [], ['x=rss'], ['x=rss']],
  ])('%s', (_name, queries, known, expected) => {
    expect(findCommonParameters(queries.map(at), known)).toEqual(expected);
  });

  it('do not depend on how links are split into documents', () => {
    const query = fc.array(fc.constantFrom('a=1', 'b=1', 'b=2', 'c=1', 'd'), { maxLength: 5 });
    const some = fc.array(
      query.map((parts) => at(parts.length > 0 ? `?${parts.join('&')}` : '')),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, some, some, (first, second, third) => {
        const known = findCommonParameters(first, null);
        fc.pre(known !== null);
        const once = findCommonParameters([...first, ...second, ...third], known);
        expect(findCommonParameters(third, findCommonParameters(second, known))).toEqual(once);
      }),
    );
  });
});

describe('an address without parameters', () => {
  it.each([
    ['?id=1&x=rss', ['x=rss'], '?id=1'],
    ['?x=rss', ['x=rss'], ''],
    ['?x=rss2', ['x=rss'], '?x=rss2'],
    ['', ['x=rss'], ''],
    ['?id=1', [], '?id=1'],
  ])('%s without %o', (query, parameters, expected) => {
    expect(removeParameters(at(query), parameters)).toBe(at(expected));
  });
});
