/* Searches the articles of the section with Pagefind, which loads only the parts of the index that it needs. */
import * as pagefind from './pagefind/pagefind.js';

const STEP = 10;
const place = document.querySelector('#search');
const [input, status, list, more] = ['input', '[role=status]', 'ol', 'button'].map((name) => place.querySelector(name));
let results = [];

const make = (name, className, ...content) => {
  const element = Object.assign(document.createElement(name), { className });
  element.append(...content);
  return element;
};

// Text with <mark> around words, and nothing else of HTML.
const markWords = (html) =>
  html.split(/<\/?mark>/).map((part, i) => {
    // <body> keeps the spaces at the beginning.
    const text = new DOMParser().parseFromString(`<body>${part}`, 'text/html').body.textContent;
    return i % 2 === 1 ? make('mark', '', text) : text;
  });

const toEntry = ({ raw_url: href, excerpt, meta }) => {
  const link = Object.assign(make('a', 'u-url', meta.title), { href, lang: meta.lang ?? '', dir: 'auto' });
  const summary = Object.assign(make('p', 'p-summary', ...markWords(excerpt)), { lang: meta.lang ?? '', dir: 'auto' });
  const about = make('p', 'meta', make('bdi', 'p-publication', meta.publication), ' ', make('time', '', meta.date));
  return make('li', 'h-entry', make('h2', 'p-name', link), about, summary);
};

const showMore = async () => {
  const from = list.children.length;
  const shown = results;
  const found = await Promise.all(shown.slice(from, from + STEP).map((result) => result.data()));
  if (shown !== results) return;
  list.append(...found.map(toEntry));
  more.hidden = list.children.length >= results.length;
};

const search = async () => {
  const words = input.value.trim();
  history.replaceState(null, '', words === '' ? location.pathname : `?q=${encodeURIComponent(words)}`);
  const found = words === '' ? { results: [] } : await pagefind.debouncedSearch(words, {}, 200);
  if (found === null) return; // more was typed
  results = found.results;
  status.textContent = words === '' ? '' : status.dataset.text.replace('{n}', results.length);
  list.replaceChildren();
  await showMore();
};

input.value = new URLSearchParams(location.search).get('q') ?? '';
input.addEventListener('input', search);
more.addEventListener('click', showMore);
place.hidden = false;
if (input.value === '') input.focus();
else search();
