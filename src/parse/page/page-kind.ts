/** Defines the `page` kind: a page without a feed, read by CSS selectors. */
import { isSelector } from '../../text/elements.js';
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
      items: selector().meta({ description: 'CSS selector of the items in the page.', typeText: 'CSS selector' }),
      title: within('CSS selector of the headline, relative to the item.', 'the first heading, else the link'),
      link: within(
        'CSS selector of the link, relative to the item.',
        'the link in or around the headline, else the first',
      ),
      date: within(
        'CSS selector of the date, relative to the item: `datetime` of a `<time>`, else the text.',
        'the `<time>`, else the day in the address',
      ),
      summary: within('CSS selector of a short summary, relative to the item.', 'none'),
      image: within('CSS selector of the picture, relative to the item.', 'none'),
    };
  },
  load: async () => (await import('./read-page.js')).pageReader,
};
