/** Decides which of two sources owns a shared name. */
import { describe, expect, it } from 'vitest';
import { SiteOwnership } from '../../../src/identity/site-ownership.js';
import { createOthersNames } from '../../../src/pipeline/facts/names-of-others.js';
import { aState } from '../../support/stored-articles.js';

const paper = { id: 'paper', url: 'https://harbour.example/feed', title: null };
const rival = { id: 'rival', url: 'https://evil.example/feed', title: null };
const sources = [paper, rival];

/** `learnt`: the name of each source in its last document. */
function isOthers(name: string, source: typeof paper, learnt: Readonly<Record<string, string>>, given = sources) {
  const states = new Map(
    Object.entries(learnt).map(([sourceId, title]) => {
      const none = { homeUrl: null, feedUrl: null, description: null, language: null, imageUrl: null, rights: null };
      return [sourceId, { ...aState({ sourceId }), profile: { title, ...none } }] as const;
    }),
  );
  const claims = given.map(({ id, url }) => ({
    sourceId: id,
    feedUrl: url,
    homeUrl: null,
    provedHosts: [],
    homeSince: 0,
    movedTo: null,
  }));
  const site = { url: 'https://section.example/', title: 'The Section' };
  return createOthersNames(
    { sources: given, site },
    states,
    new SiteOwnership(() => claims),
  )(source).isOthersTitle(name);
}

describe('isOthersTitle', () => {
  it('is true for any spelling of another source’s host', () => {
    for (const name of [
      'harbour.example',
      'www.harbour.example',
      'https://www.harbour.example/',
      'news.harbour.example',
    ])
      expect([name, isOthers(name, rival, {}), isOthers(name, paper, {})]).toEqual([name, true, false]);
    expect(isOthers('www.evil.example', rival, {})).toBe(false);
  });

  it('is true for a name in the host of another source, whichever used it first', () => {
    expect(isOthers('Harbour Dispatch', paper, { rival: 'Harbour Dispatch' })).toBe(false);
    const both = { rival: 'Harbour Dispatch', paper: 'Harbour Dispatch' };
    expect(isOthers('Harbour Dispatch', paper, both)).toBe(false);
    expect(isOthers('Harbour Dispatch', rival, both)).toBe(true);
  });

  it('assigns a name in no host to the source that used it first', () => {
    expect(isOthers('The Dispatch', paper, { rival: 'The Dispatch' })).toBe(true);
    expect(isOthers('The Dispatch', rival, { rival: 'The Dispatch' })).toBe(false);
  });

  it('is false for a name that the editor configured', () => {
    const named = [paper, { ...rival, title: 'Harbour Dispatch' as string | null }] as typeof sources;
    expect(isOthers('Harbour Dispatch', paper, { paper: 'Harbour Dispatch' }, named)).toBe(true);
  });

  it('assigns a host name to the source at that host', () => {
    expect(isOthers('harbour.example', rival, {})).toBe(true);
    expect(isOthers('harbour.example', paper, {})).toBe(false);
  });

  it('assigns the site of a feed to its source, except that of a platform', () => {
    const given = [{ ...paper, url: 'https://feeds.harbour.example/1' }, rival];
    expect(isOthers('Harbour.example', rival, {}, given)).toBe(true);
    expect(
      isOthers('feedburner.com', rival, {}, [{ ...paper, url: 'https://feeds.feedburner.com/harbour' }, rival]),
    ).toBe(false);
  });

  it.each(['The Section', 'section', 'section.example'])('is true for the name of the section: %s', (name) => {
    expect(isOthers(name, rival, { rival: name })).toBe(true);
    const own = { ...rival, own: { kind: 'posts' } } as unknown as typeof rival;
    expect(isOthers(name, own, {}, [paper, own])).toBe(false);
    expect(isOthers(name, { ...rival, url: 'https://section.example/feed' }, {}, [{ ...rival, url: 'https://section.example/feed' }])).toBe(false); // biome-ignore format: one case
  });
});
