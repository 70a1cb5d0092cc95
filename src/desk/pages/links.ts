/** Adds single articles by their address, and writes posts. */
import { addPost, type NewPost, renderPost } from '../../app/add-post.js';
import { addPageToLinks } from '../../app/add-source/add-link.js';
import { listTopics } from '../../app/desk/names.js';
import { completeWebAddress } from '../../model/address.js';
import type { Settings } from '../../model/settings.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const linksView: View = {
  path: '/links',
  label: 'Links and posts',
  addRoutes: ({ show, answer, change }) => {
    // A bookmark of the browser fills in the address.
    show('/links', (visit) => showLinks(visit, null));
    change('/links', addLinkedPage, () => '/links');
    answer('/posts/preview', (visit) => showLinks(visit, visit.form));
    change('/posts', savePost, () => '/links');
  },
};

/** `form`: a post to preview; null: none. */
async function showLinks({ settings, query, desk, signal }: PageVisit, form: Form | null): Promise<Page> {
  const post = form && readPost(settings, form, desk.parts.now());
  const [files, folders] = ['links', 'posts'].map((kind) => settings.sources.filter(({ own }) => own?.kind === kind));
  const preview = post && (await renderPost(post, signal));
  const data = { files, folders, url: query.get('url') ?? '', topics: listTopics(settings), post, preview };
  return { title: 'Links and posts', template: 'links', data };
}

function readPost({ sources }: Settings, form: Form, date: Date): NewPost {
  const folders = sources.filter(({ own }) => own?.kind === 'posts');
  const source = folders.find(({ id }) => id === form.text('to')) ?? folders[0];
  if (source === undefined) throw new FormError('The section has no folder of posts.');
  const [title, author, body] = [form.text('title'), form.text('author'), form.text('body')];
  return { source, title, author, topics: form.all('topic'), body, date };
}

async function savePost({ settings, form, desk, signal }: Act): Promise<string> {
  const title = form.required('title', 'The headline');
  await addPost(settings, readPost(settings, form, desk.parts.now()), signal);
  return `Post “${title}” saved`;
}

async function addLinkedPage({ settings, form, signal }: Act): Promise<string> {
  const address = completeWebAddress(form.required('url', 'The address'));
  const own = settings.sources.find(({ id }) => id === form.text('to'))?.own;
  if (address === null || own?.kind !== 'links') throw new FormError('This is not a web address.');
  const refuse = (why: string) => new FormError(`${why}.`);
  const { link } = await addPageToLinks({ address, own, topics: form.all('topic') }, settings, { refuse, signal });
  return `“${link.title}” added to the links`;
}
