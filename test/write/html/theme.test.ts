import { describe, expect, it } from 'vitest';
import { PublishError } from '../../../src/model/errors.js';
import { anArticlePage, pageWriter } from '../../support/pages.js';

describe('a theme', () => {
  it('replaces single templates, which know the page', () => {
    const header = '<header><a href="/"><%= it.site.title %></a> <%= it.page.kind %></header>';
    const html = pageWriter({}, { templates: { header }, stylesheet: '' }).article(anArticlePage());
    expect(html).toContain('<header><a href="/">The Section</a> article</header>');
    expect(html).toContain('id="credit"');
  });

  it('adds its rules after ours', () => {
    const css = pageWriter({}, { templates: {}, stylesheet: ':root { --nl-accent: green }' }).stylesheet();
    expect(css.indexOf('--nl-accent: green')).toBeGreaterThan(css.indexOf('--nl-accent: #9a2a1f'));
    expect(css.endsWith('}\n')).toBe(true);
  });

  it('makes every page anew where a template changes, and none where only colours do', () => {
    const plain = pageWriter().fingerprint;
    expect(pageWriter({}, { templates: { footer: '<footer></footer>' }, stylesheet: '' }).fingerprint).not.toBe(plain);
    expect(pageWriter({}, { templates: {}, stylesheet: 'a { color: red }' }).fingerprint).toBe(plain);
  });

  it.each([
    ['is no template', '<% if (', 'article'],
    ['asks for what is not there', '<%= it.nothing.here %>', 'article'],
  ])('that %s is named', (_, article, name) => {
    const make = () => pageWriter({}, { templates: { article }, stylesheet: '' }).article(anArticlePage());
    expect(make).toThrow(PublishError);
    expect(make).toThrow(`${name}.eta`);
  });
});
