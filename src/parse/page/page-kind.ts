/** Defines the `page` kind: a page without a feed, read by CSS selectors. */
import { createRequire } from 'node:module';
import type { SourceKind } from '../kind.js';

export const pageKind: SourceKind = {
  name: 'page',
  describe: 'a page without a feed',
  place: 'url',
  absence: 'nothing',
  robots: true,
  accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1',
  options: (z) => {
    const selector = () => z.string().refine(isSelector, { error: 'not a CSS selector' });
    const within = (description: string, defaultText: string) =>
      selector().nullable().default(null).meta({ description, defaultText, typeText: 'CSS selector' });
    return {
      items: selector().meta({ description: 'Finds each article in the list.', typeText: 'CSS selector' }),
      title: within('Its headline.', 'its first heading, else its link'),
      link: within('Its link.', 'the link in or around its headline, else the first'),
      date: within('Its date: `datetime` of a `<time>`, else the text.', 'its `<time>`, else the day in its address'),
      summary: within('A short summary.', 'none'),
      image: within('Its picture.', 'none'),
    };
  },
  load: async () => (await import('./read-page.js')).pageReader,
};

/** Loads css-select on demand. */
function isSelector(value: string): boolean {
  const { compile }: typeof import('css-select') = createRequire(import.meta.url)('css-select');
  try {
    compile(value);
    return value.trim() !== '';
  } catch {
    return false;
  }
}
