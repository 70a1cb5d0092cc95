import { describe, expect, it } from 'vitest';
import { listTagFields } from '../../src/tag/fields.js';

const content = (bodyText: string) =>
  listTagFields({ title: 'T', bodyText }).find(({ name }) => name === 'content')?.text ?? '';
const words = (text: string) => text.split(/\s+/).filter(Boolean).join(' ');

describe('listTagFields', () => {
  it('reads the first 5,000 characters of the content', () => {
    const html = '<p>One</p><aside>Two</aside><nav>Three</nav><script>Four()</script><footer>Five</footer><p>Six</p>';
    expect(listTagFields({ title: 'T', contentHtml: html })[1]?.text).toBe('One\nSix');
    expect(content('word '.repeat(3_000)).length).toBe(5_000);
  });

  it('prefers bodyText', () => {
    expect(listTagFields({ title: 'T', bodyText: 'Plain', contentHtml: '<p>Html</p>' })[1]?.text).toBe('Plain');
  });

  it('blanks links and sentences that ask to follow, subscribe or click, with the sites that they name', () => {
    const [, summary] = listTagFields({
      title: 'T',
      summary:
        'Boats sail. Follow us on Facebook and Instagram! Twitter: https://x.example/a.b YouTube: https://y.example/1 More boats. For videos on COVID-19, click the link below.',
    });
    expect(summary!.text.split(/\s+/).join(' ')).toBe('Boats sail. ! More boats. .');
    expect(content('They asked us on Monday, and we like it.')).toBe('They asked us on Monday, and we like it.');
  });

  it('blanks lines with links to other articles', () => {
    const text = 'Bread wins a prize.\nRead more: Kursk\nThe shop is small.';
    expect(content(text)).toBe('Bread wins a prize.\n                \nThe shop is small.');
  });

  it.each([
    'Related articles\nKursk: the latest\nMore from Kursk\nThe shop is small.',
    'Читайте также:\nКурск\nThe shop is small.',
    'Lesen Sie auch\nKursk\nThe shop is small.',
    'À lire aussi : Koursk\nThe shop is small.',
    'You may also like\nKursk today\nThe shop is small.',
  ])('drops the links below %j', (text) => {
    expect(words(content(text))).toBe('The shop is small.');
  });

  it('keeps prose that begins like a cue', () => {
    for (const text of ['Related research was done in Kursk.', 'Recommended by doctors, it sells in Kursk.']) {
      expect(content(text)).toBe(text);
    }
  });

  it('blanks an address except its path', () => {
    const [, url] = listTagFields({ title: 'T', url: 'https://kursk.example/kyiv_falls.html?x=1' });
    expect(url?.text).toBe(`${' '.repeat(21)}/kyiv-falls     `);
    const [, encoded] = listTagFields({ title: 'T', url: 'https://kursk.example/news/%D0%BA-%E3%83%AD' });
    expect(encoded?.text.trim()).toBe('/news/      -');
  });
});
