/** Adds single articles by their address. */
import { addPageToLinks } from '../../app/add-source/add-link.js';
import { listTopics } from '../../app/desk/names.js';
import { completeWebAddress } from '../../model/address.js';
import { FormError } from '../form.js';
import type { Act, View } from '../view.js';

export const linksView: View = {
  path: '/links',
  label: 'Links',
  addRoutes: ({ show, change }) => {
    // A bookmark of the browser fills in the address.
    show('/links', async ({ settings, query }) => {
      const files = settings.sources.filter(({ own }) => own?.kind === 'links');
      const data = { files, url: query.get('url') ?? '', topics: listTopics(settings) };
      return { title: 'Links', template: 'links', data };
    });
    change('/links', addLinkedPage, () => '/links');
  },
};

async function addLinkedPage({ settings, form, signal }: Act): Promise<string> {
  const address = completeWebAddress(form.required('url', 'The address'));
  const own = settings.sources.find(({ id }) => id === form.text('to'))?.own;
  if (address === null || own?.kind !== 'links') throw new FormError('This is not a web address.');
  const refuse = (why: string) => new FormError(`${why}.`);
  const { link } = await addPageToLinks({ address, own, topics: form.all('topic') }, settings, { refuse, signal });
  return `“${link.title}” added to the links`;
}
