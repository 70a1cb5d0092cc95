import { describe, expect, it } from 'vitest';
import { PublishError } from '../../../src/model/errors.js';
import { anArticlePage, pageWriter } from '../../support/pages.js';

describe('a theme', () => {
  it('replaces single templates, which receive the page data', () => {
    const header = '<header><a href="/"><%= it.site.title %></a> <%= it.page.kind %></header>';
    const html = pageWriter({}, { templates: { header }, stylesheet: '' }).article(anArticlePage());
    expect(html).toContain('<header><a href="/">The Section</a> article</header>');
    expect(html).toContain('id="credit"');
  });

  it('appends its styles to ours', () => {
    const css = pageWriter({}, { templates: {}, stylesheet: ':root { --nl-accent: green }' }).stylesheet();
    expect(css.indexOf('--nl-accent: green')).toBeGreaterThan(css.indexOf('--nl-accent: #9a2a1f'));
    expect(css.endsWith('}\n')).toBe(true);
  });

  it('changes the fingerprint with a template, not with colours', () => {
    const plain = pageWriter().fingerprint;
    expect(pageWriter({}, { templates: { footer: '<footer></footer>' }, stylesheet: '' }).fingerprint).not.toBe(plain);
    expect(pageWriter({}, { templates: {}, stylesheet: 'a { color: red }' }).fingerprint).toBe(plain);
  });

  const broken = '<p></p>\n<% if (it.page) { %>\n<%= it.nothing.here %>\n<% } %>';
  const wrong: readonly [string, Record<string, string>, string][] = [
    [
      'has a tag that nothing closes',
      { article: '<p>\n<% if (' },
      'invalid template article.eta: unclosed tag at line 2 col 1',
    ],
    [
      'is no script',
      { article: '<p>\n<% if (it.page) } %>\n' },
      "invalid template article.eta, line 2: Unexpected token '}'",
    ],
    ['asks for what is not there', { article: broken }, 'invalid template article.eta, line 3: Cannot read'],
    ['is part of another', { header: broken }, 'invalid template header.eta, line 3: Cannot read'],
    [
      'includes what is not there',
      { header: "<%~ include('@nav') %>" },
      "invalid template header.eta, line 1: Failed to get template '@nav'",
    ],
  ];
  it.each(wrong)('reports a template that %s, with the line number', (_, templates, said) => {
    const make = () => pageWriter({}, { templates, stylesheet: '' }).article(anArticlePage());
    expect(make).toThrow(PublishError);
    expect(make).toThrow(said);
    expect(make).not.toThrow('\n');
  });
});
