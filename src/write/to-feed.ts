/** Converts a channel to an object of the `feed` package, which hardly escapes its input. */

import { Feed, type Item } from 'feed';
import { isAddress } from '../model/address.js';
import type { Author, MediaLink } from '../model/article.js';
import type { Channel, Entry } from '../model/channel.js';
import { findChangeDate } from '../model/revision.js';
import { htmlText } from '../text/escape.js';
import { legalText } from '../text/xml.js';
import { documentUrl } from './address.js';
import { GENERATOR } from './generator.js';

/** Titles and descriptions in `items` are plain text, `content` is HTML. The object may be modified. */
export function toFeed(channel: Channel): Feed {
  const feed = new ChannelFeed({
    id: channel.id,
    title: plain(channel.title),
    description: plain(channel.description),
    link: channel.homeUrl,
    language: channel.language,
    updated: channel.updatedAt,
    generator: `${GENERATOR.name} ${GENERATOR.version}`,
    docs: 'https://www.rssboard.org/rss-specification',
    author: { name: plain(channel.siteTitle) },
    feedLinks: Object.fromEntries(['rss', 'atom', 'json'].map((f) => [f, documentUrl(channel, null, f)])),
    ...(channel.hub === null ? {} : { hub: channel.hub }),
  });
  for (const entry of channel.entries) feed.addItem(item(entry));
  return feed;
}

/** Each writer of the package escapes differently, so each gets its own items. */
class ChannelFeed extends Feed {
  override rss2(): string {
    return Feed.prototype.rss2.call(this.prepared(toRssItem));
  }
  override atom1(): string {
    return Feed.prototype.atom1.call(this.prepared(toAtomItem));
  }
  override json1(): string {
    return Feed.prototype.json1.call(this.prepared(toJsonItem));
  }

  private prepared(prepare: (item: Item) => Item): Feed {
    // A copy for each call, because the package's RSS writer modifies options of enclosures.
    return Object.assign(new Feed({ ...this.options }), {
      items: this.items.map(prepare),
      categories: this.categories,
      contributors: this.contributors,
      extensions: this.extensions,
    });
  }
}

function item(entry: Entry): Item {
  return {
    id: entry.id,
    link: entry.url,
    title: plain(entry.title),
    date: findChangeDate(entry),
    published: entry.publishedAt,
    ...(entry.summary === '' ? {} : { description: plain(entry.summary) }),
    ...(entry.contentHtml === null ? {} : { content: legalText(entry.contentHtml).replaceAll(']]>', ']]&gt;') }),
    author: authors(entry).map(({ name, url }) => ({ name: plain(name), ...(url === null ? {} : { link: url }) })),
    category: entry.topics.map(({ label, scheme, term }) => ({ name: plain(label), scheme, term, domain: scheme })),
    ...(entry.image === null ? {} : { image: entry.image.url }),
    ...(entry.rights === null ? {} : { copyright: plain(entry.rights) }),
    ...media(entry.enclosures[0]),
  };
}

/** Without a named author, the publication is the author: the package has no other field for it. */
function authors({ authors: named, publication }: Entry): readonly Author[] {
  return named.length > 0 ? named : [{ name: publication.title, url: publication.url }];
}

function media(link: MediaLink | undefined): Partial<Item> {
  if (link === undefined) return {};
  const { url, type, length } = link;
  return { [type.startsWith('video/') ? 'video' : 'audio']: { url, type, length: length ?? 0 } };
}

/** RSS: text becomes HTML; an `author` would have to be an e-mail address; an image would replace the enclosure. */
function toRssItem({ author, image: _, ...rest }: Item): Item {
  const creators = (author ?? []).map(({ name }) => name ?? '');
  const description = htmlText(rest.description ?? rest.title);
  return {
    ...rest,
    description,
    // The package declares the prefix of dc:creator only if an item has content.
    ...(creators.length > 0 && rest.content === undefined ? { content: description } : {}),
    category: (rest.category ?? []).map(({ name = '', domain = '' }) => ({
      name,
      domain: domain.replaceAll('&', '&amp;'),
    })),
    ...(creators.length === 0 ? {} : { extensions: [{ name: 'dc:creator', objects: creators as never }] }),
  };
}

/** Atom: titles and descriptions are HTML; the package writes `<` in attributes unescaped and guesses media types. */
function toAtomItem({ image: _, audio, video, ...rest }: Item): Item {
  return {
    ...rest,
    id: rest.id !== undefined && isAddress(rest.id) ? rest.id : rest.link,
    title: htmlText(rest.title),
    description: htmlText(rest.description ?? rest.title),
    category: (rest.category ?? []).map(({ name = '', scheme = '', term = '' }) => ({
      name: attribute(name),
      term: attribute(term),
      scheme,
    })),
    ...(isTypeGuessable(audio) ? { audio } : {}),
    ...(isTypeGuessable(video) ? { video } : {}),
  } as Item;
}

function toJsonItem(rest: Item): Item {
  const { description, ...others } = rest;
  return rest.content === undefined ? { ...others, content: htmlText(description ?? rest.title) } : rest;
}

function isTypeGuessable(link: Item['audio']): boolean {
  return typeof link === 'object' && /\.[A-Za-z0-9]{2,5}$/.test(new URL(link.url).pathname);
}

/** `]]>` would end the CDATA sections that the package writes. */
function plain(value: string): string {
  return legalText(value).replaceAll(']]>', ']] >');
}

function attribute(value: string): string {
  return value.replaceAll('<', '‹');
}
