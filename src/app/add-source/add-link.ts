/** Reads the metadata of an article page and adds a link to the editor's file of links. */
import { resolve } from 'node:path';
import { addLink, type NewLink } from '../../config/edit/add-link.js';
import { ParseError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { OwnSource } from '../../model/source.js';
import { decodeHtml } from '../../parse/encoding/decode.js';
import { parseLinks } from '../../parse/own/links.js';
import { readPageFacts } from '../../parse/page-facts.js';
import { urlKey } from '../../text/url/url.js';
import { createFetcher } from '../http-clients.js';
import { fetchDocument } from './find-feed.js';

export interface PageToAdd {
  readonly address: string;
  readonly own: OwnSource;
  readonly topics: readonly string[];
}

export interface AddedLink {
  readonly file: string;
  readonly link: NewLink;
}

/** Throws FetchError, ParseError if the page has no title, or the result of `refuse` if the file already contains the URL. */
export async function addPageToLinks(
  { address, own, topics }: PageToAdd,
  settings: Settings,
  { refuse, signal }: { refuse(why: string): Error; readonly signal: AbortSignal },
): Promise<AddedLink> {
  const file = resolve(settings.root, own.path);
  rejectOwnPage(address, settings, refuse);
  const link = { ...(await readLink(address, settings, signal)), ...(topics.length > 0 && { topics }) };
  rejectOwnPage(link.url, settings, refuse);
  await addLink(file, link, (text) => {
    const known = parseLinks(text, own).items.some(({ url }) => url !== null && urlKey(url) === urlKey(link.url));
    if (known) throw refuse(`${own.path} already contains ${link.url}`);
  });
  return { file, link };
}

function rejectOwnPage(address: string, { site }: Settings, refuse: (why: string) => Error): void {
  if (!address.startsWith(`${site.feedsUrl}articles/`)) return;
  throw refuse(`${address} is a page of this section; add the URL of the article itself`);
}

async function readLink(address: string, settings: Settings, signal: AbortSignal): Promise<NewLink> {
  const fetcher = createFetcher(settings);
  try {
    const { body, contentType, finalUrl } = await fetchDocument(address, { fetcher, settings, signal });
    const { text } = decodeHtml(body, contentType);
    const facts = readPageFacts(text, finalUrl);
    const { title, description, authors, published, publication, imageUrl, language } = facts;
    if (title === null)
      throw new ParseError(
        'PARSE_UNRECOGNIZED',
        'the page has no title; add the link by hand with "url:" and "title:"',
      );
    return {
      url: facts.url,
      title,
      ...(description !== null && { summary: description }),
      ...(authors.length > 0 && { author: authors.length === 1 ? authors[0]! : authors }),
      ...(published !== null && { date: published.replace(/\.000Z$/, 'Z') }),
      // An external page must not be attributed to this section.
      ...(publication !== null && !isSameName(publication, settings.site.title) && { publication }),
      ...(imageUrl !== null && { image: imageUrl }),
      ...(language !== null && { lang: language }),
    };
  } finally {
    await fetcher.close();
  }
}

function isSameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
