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

describe('the status page', () => {
  const error = { code: 'FETCH_TIMEOUT', message: 'no answer within 20 s' };
  it('puts those first that need attention, and keeps codes for the editor', () => {
    const html = pageWriter().status([source({}), source({ id: 'bote', title: 'Der Bote', state: 'failing', error })]);
    expect(html.indexOf('Der Bote')).toBeLessThan(html.indexOf('The Paper'));
    expect(html).not.toMatch(/FETCH_TIMEOUT|no answer/);
    expect(html).toContain('failing since <time datetime="2026-11-20T10:00:00Z">20 November 2026, 10:00 UTC</time>');
  });

  it('says that nothing is wrong where nothing is', () => {
    const html = pageWriter().status([
      source({}),
      source({ id: 'new', state: 'new', since: null, newestArticleAt: null }),
    ]);
    expect(html).toContain('All sources can be read.');
    expect(html).toContain('no article yet');
  });
});
