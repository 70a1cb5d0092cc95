/** Whose a name is that two sources bear. */
import { describe, expect, it } from 'vitest';
import { SiteOwnership } from '../../../src/identity/site-ownership.js';
import { createOthersNames } from '../../../src/pipeline/facts/names-of-others.js';
import { aState } from '../../support/stored-articles.js';

const paper = { id: 'paper', url: 'https://harbour.example/feed', title: null };
const rival = { id: 'rival', url: 'https://evil.example/feed', title: null };
const sources = [paper, rival];

/** `learnt`: as each called itself before this run. */
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
    homeHasName: false,
    homeSince: 0,
    movedTo: null,
  }));
  return createOthersNames(given, states, new SiteOwnership(() => claims))(source).isOthersTitle(name);
}

describe('a name', () => {
  it('is that of the one whose host has it, whoever took it first', () => {
    expect(isOthers('Harbour Dispatch', paper, { rival: 'Harbour Dispatch' })).toBe(false);
    const both = { rival: 'Harbour Dispatch', paper: 'Harbour Dispatch' };
    expect(isOthers('Harbour Dispatch', paper, both)).toBe(false);
    expect(isOthers('Harbour Dispatch', rival, both)).toBe(true);
  });

  it('that neither host has is that of the one who took it first', () => {
    expect(isOthers('The Dispatch', paper, { rival: 'The Dispatch' })).toBe(true);
    expect(isOthers('The Dispatch', rival, { rival: 'The Dispatch' })).toBe(false);
  });

  it('that the editor gives is that of the one who has it from him', () => {
    const named = [paper, { ...rival, title: 'Harbour Dispatch' as string | null }] as typeof sources;
    expect(isOthers('Harbour Dispatch', paper, { paper: 'Harbour Dispatch' }, named)).toBe(true);
  });

  it('that is a host is that of the source there', () => {
    expect(isOthers('harbour.example', rival, {})).toBe(true);
    expect(isOthers('harbour.example', paper, {})).toBe(false);
  });
});
