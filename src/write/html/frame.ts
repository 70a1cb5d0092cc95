/** Composes what surrounds the content of each page, and its head: titles, addresses, feeds, menus, breadcrumbs. */
import { createHash } from 'node:crypto';
import type { ChannelPath, Translation } from '../../model/channel.js';
import type { Site } from '../../model/page.js';
import { GENERATOR } from '../generator.js';
import { directionOf } from './direction.js';
import { distinctNames } from './distinct-names.js';
import { breadcrumbNode, jsonLd } from './json-ld.js';
import type { Labels } from './labels.js';

export function articlePath(slug: string): string {
  return `articles/${slug}.html`;
}
export function archivePath(number: number): string {
  return `archive/all/${number}.html`;
}
/** The address of the index is that of the folder. */
export function addressOf({ feedsUrl }: Pick<Site, 'feedsUrl'>, path: string): string {
  return path === 'index.html' ? feedsUrl : `${feedsUrl}${path}`;
}

/** The properties of a page that its frame needs. */
export interface Framed {
  readonly kind:
    | 'index'
    | 'topic'
    | 'source'
    | 'channel'
    | 'language'
    | 'digest'
    | 'issue'
    | 'archive'
    | 'article'
    | 'withdrawn'
    | 'status';
  readonly path: string;
  readonly heading: string;
  readonly title: string;
  readonly description: string;
  /** null: the page itself. */
  readonly canonical: string | null;
  readonly robots: string | null;
  /** The channel of the page. */
  readonly feeds: ChannelPath;
  readonly image: string | null;
  readonly graph: readonly Readonly<Record<string, unknown>>[];
  /** The language of its heading; missing: the site's. */
  readonly lang?: string;
  /** The page in each language of the section, itself too; missing: there is only this one. */
  readonly translations?: readonly Translation[];
  /** Breadcrumbs after "Home". */
  readonly steps: readonly { readonly text: string; readonly lang?: string | null; readonly dir?: string }[];
}

interface Format {
  readonly name: string;
  readonly type: string;
}
const FORMATS: Readonly<Record<string, Format>> = {
  rss: { name: 'RSS', type: 'application/rss+xml' },
  atom: { name: 'Atom', type: 'application/atom+xml' },
  json: { name: 'JSON Feed', type: 'application/feed+json' },
};

export class Frame {
  readonly site: Site;
  readonly labels: Labels;
  /** Fingerprint of everything that all pages show. */
  readonly fingerprint: string;
  readonly #topicNames: readonly (string | null)[];

  constructor(site: Site, labels: Labels) {
    this.site = site;
    this.labels = labels;
    const fixed = [site.title, labels.home, labels.latestNews, labels.status];
    this.#topicNames = distinctNames(site.topics, fixed, labels.topic);
    const text = JSON.stringify([GENERATOR.version, site, labels]);
    this.fingerprint = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  }

  /** The data that templates of all pages get. */
  data(page: Framed) {
    const { site, labels } = this;
    const url = addressOf(site, page.path);
    const root = '../'.repeat(page.path.split('/').length - 1);
    // Where our labels are not in the site's language, the site's own texts are marked with it.
    const foreign = labels.language !== site.language.toLowerCase().split('-')[0];
    return {
      labels,
      months: labels.months,
      site: {
        title: site.title,
        description: site.description,
        feedsUrl: site.feedsUrl,
        root,
        home: `${root}index.html`,
        opml: site.formats.includes('opml') && this.#feedFormats().length > 0,
        lang: foreign ? site.language : null,
        dir: foreign ? directionOf(site.language) : null,
      },
      topics: site.topics.map(({ id, label }, i) => {
        const href = `${root}topics/${id}.html`;
        return { id, label, name: this.#topicNames[i] ?? null, href, current: page.path === `topics/${id}.html` };
      }),
      page: {
        kind: page.kind,
        path: page.path,
        url,
        dir: directionOf(labels.language),
        heading: page.heading,
        lang: page.lang ?? null,
        title: page.title,
        description: page.description,
        canonical: page.canonical ?? url,
        robots: page.robots,
        feeds: this.#alternates(page, root),
        translations: (page.translations ?? []).map(({ language, path }) => {
          return { language, url: addressOf(site, `${path}.html`) };
        }),
        og: { type: page.kind === 'article' ? 'article' : 'website', title: page.heading, image: page.image },
        jsonLd: jsonLd([...page.graph, ...this.#trail(page, url)]),
        breadcrumb: this.#breadcrumb(page, root),
      },
    };
  }

  /** Links to a channel in each feed format. */
  formats(channel: ChannelPath, root: string) {
    return this.#feedFormats().map((format) => ({ ...FORMATS[format]!, href: `${root}${channel}.${format}` }));
  }

  #feedFormats(): string[] {
    return Object.keys(FORMATS).filter((format) => this.site.formats.includes(format));
  }

  #alternates({ feeds, heading }: Framed, root: string) {
    const titled = (channel: ChannelPath, title: string) =>
      this.formats(channel, root).map(({ name, ...format }) => ({ ...format, title: `${title} (${name})` }));
    const all = titled('all', this.site.title);
    return feeds === 'all' ? all : [...titled(feeds, `${heading} – ${this.site.title}`), ...all];
  }

  #breadcrumb({ steps }: Framed, root: string) {
    if (steps.length === 0) return [];
    return [{ text: this.labels.home, href: `${root}index.html` }, ...steps];
  }

  #trail({ steps }: Framed, url: string) {
    if (steps.length === 0) return [];
    const home = { text: this.labels.home, url: this.site.feedsUrl };
    return [breadcrumbNode([home, ...steps.map(({ text }) => ({ text, url }))])];
  }
}
