import { describe, expect, it } from 'vitest';
import { hashPages, listCitedPages } from '../../../src/cluster/text/cited-pages.js';

const own = 'https://paper.example/news/ferry-aground';
const links = (...hrefs: string[]) => hrefs.map((href) => `<p><a href="${href}">there</a></p>`).join('');

describe('listCitedPages', () => {
  it('lists pages of other sites once, for any form of address', () => {
    const html = links(
      'https://harbour.example/2031/ferry-defects?utm_source=paper',
      'https://www.harbour.example/2031/ferry-defects/',
      'http://harbour.example/watch?v=aldervane&amp;t=12',
    );
    const cited = ['https://harbour.example/2031/ferry-defects', 'https://harbour.example/watch?v=aldervane&t=12'];
    expect(listCitedPages(html, own)).toEqual(cited);
  });

  it('leaves out the own site, front pages, sections, accounts, reference works and files', () => {
    const html = links(
      'https://paper.example/news/an-earlier-report',
      '/news/another-of-ours',
      'https://harbour.example/',
      'https://harbour.example/politics',
      'https://social.example/@velmora',
      'https://en.wikipedia.org/wiki/Ferry_accidents_by_year',
      'mailto:desk@harbour.example',
      '#the-end-of-this-article',
    );
    expect(listCitedPages(html, own)).toEqual([]);
  });

  it('ignores long lists of links', () => {
    const many = Array.from({ length: 31 }, (_, at) => `https://shop.example/goods/number-${at}-of-many`);
    expect(listCitedPages(links(...many), own)).toEqual([]);
    expect(listCitedPages(links(...many.slice(1)), own)).toHaveLength(30);
  });

  it('has the same hash for a page and its citation', () => {
    const [page] = hashPages(null, own);
    expect(hashPages(links(own), 'https://harbour.example/2031/they-report')).toContain(page);
    expect(hashPages(null, null)).toHaveLength(0);
  });
});
