import { describe, expect, it } from 'vitest';
import type { SourceStatus } from '../../../src/model/page.js';
import { pageWriter } from '../../support/pages.js';

const source = (about: Partial<SourceStatus>): SourceStatus => ({
  id: 'paper',
  title: 'The Paper',
  state: 'ok',
  since: new Date('2026-11-20T10:00:00Z'),
  newestArticleAt: new Date('2026-11-24T09:30:00Z'),
  error: null,
  ...about,
});

describe('the badge', () => {
  const failing = source({ id: 'bote', state: 'failing' });
  it.each([
    { of: [source({}), source({ id: 'new', state: 'new' })], says: '2/2', colour: '#2f6f44' },
    { of: [source({}), failing], says: '1/2', colour: '#8a5a00' },
    { of: [failing], says: '0/1', colour: '#9a2a1f' },
    { of: [], says: '0/0', colour: '#2f6f44' },
  ])('says $says', ({ of, says, colour }) => {
    const svg = pageWriter().badge(of);
    expect(svg).toContain(`<title>Publications: ${says}</title>`);
    expect(svg).toContain(`fill="${colour}"`);
  });

  it('has the section’s labels, escaped', () => {
    expect(pageWriter({ words: { publications: '<b>Papers</b>' } }).badge([])).toContain('&lt;b&gt;Papers&lt;/b&gt;');
    expect(pageWriter({ language: 'ja' }).badge([])).not.toContain('Publications');
  });
});

describe('the status page', () => {
  const error = { code: 'FETCH_TIMEOUT', message: 'no answer within 20 s' };
  it('lists sources that need attention first, without error codes', () => {
    const html = pageWriter().status([source({}), source({ id: 'bote', title: 'Der Bote', state: 'failing', error })]);
    expect(html.indexOf('Der Bote')).toBeLessThan(html.indexOf('The Paper'));
    expect(html).not.toMatch(/FETCH_TIMEOUT|no answer/);
    expect(html).toContain('failing since <time datetime="2026-11-20T10:00:00Z">20 November 2026, 10:00 UTC</time>');
  });

  it('reports that all sources work', () => {
    const html = pageWriter().status([
      source({}),
      source({ id: 'new', state: 'new', since: null, newestArticleAt: null }),
    ]);
    expect(html).toContain('All sources can be read.');
    expect(html).toContain('no article yet');
  });
});

describe('the page of states', () => {
  it('sorts publications by name, not by id', () => {
    const html = pageWriter().status([
      source({ id: 'a', title: 'The Post' }),
      source({ id: 'b', title: 'Åsa' }),
      source({ id: 'z', title: 'council watch' }),
    ]);
    expect(html.indexOf('Åsa')).toBeLessThan(html.indexOf('council watch'));
    expect(html.indexOf('council watch')).toBeGreaterThan(0);
    expect(html.indexOf('council watch')).toBeLessThan(html.indexOf('The Post'));
  });
});
