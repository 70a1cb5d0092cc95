/** Composes the head and the frame of each page: titles, addresses, feeds, menus, breadcrumbs. */

import { createHash } from 'node:crypto';
import type { ChannelPath, Translation } from '../../model/channel.js';
import { SEEN } from '../../model/embeds.js';
import type { Site } from '../../model/page.js';
import type { Reservation } from '../../model/reservation.js';
import { cutText, toOneLine } from '../../text/cut.js';
import { formats } from '../formats.js';
import { GENERATOR } from '../generator.js';
import { detectDirection } from './direction.js';
import { distinctNames } from './entries/distinct-names.js';
import { breadcrumbNode, jsonLd } from './json-ld.js';
import type { Labels } from './labels.js';
import { pageAsset } from './theme.js';

export function articlePath(slug: string): string {
  return `articles/${slug}.html`;
}
export function archivePath(channel: ChannelPath, number: number): string {
  return `archive/${channel}/${number}.html`;
}
export function storyPath(slug: string): string {
  return `stories/${slug}.html`;
}
/** The index has the address of its folder. */
export function toPageUrl({ feedsUrl }: Pick<Site, 'feedsUrl'>, path: string): string {
  return path === 'index.html' ? feedsUrl : `${feedsUrl}${path}`;
}

const DESCRIPTION = 300;

export function pageDescription(text: string): string {
  return cutText(toOneLine(text), DESCRIPTION);
}

export const NOT_FOUND = '404.html';

/** The relative path from a page to the published folder. */
export function pathToRoot(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

type PageKind =
  | 'index'
  | 'latest'
  | 'topic'
  | 'source'
  | 'channel'
  | 'language'
  | 'author'
  | 'digest'
  | 'issue'
  | 'archive'
  | 'article'
  | 'story'
  | 'stories'
  | 'withdrawn'
  | 'status'
  | 'topics'
  | 'sources'
  | 'channels'
  | 'search'
  | 'subscribe'
  | 'publishers';

/** A breadcrumb. `href`: relative; missing if it has no page. */
export interface Step {
  readonly text: string;
  readonly href?: string;
  readonly lang?: string | null;
  readonly dir?: string | null;
}

export interface Framed {
  readonly kind: PageKind;
  readonly path: string;
  readonly heading: string;
  readonly title: string;
  readonly description: string;
  /** Missing or null: the page itself. */
  readonly canonical?: string | null;
  readonly robots?: string | null;
  readonly feeds: ChannelPath;
  readonly image?: string | null;
  /** The publisher's reservation of text and data mining; missing: the section's applies. */
  readonly reservation?: Reservation | undefined;
  readonly graph: readonly Readonly<Record<string, unknown>>[];
  /** The language of its heading; missing: the site's. */
  readonly lang?: string;
  /** The page in each language of the section, with itself; missing: only this one. */
  readonly translations?: readonly Translation[];
  readonly steps: readonly Step[];
}

export class Frame {
  readonly site: Site;
  readonly labels: Labels;
  /** Changes with everything that all pages show. */
  readonly fingerprint: string;
  /** Names of the links on every page. */
  readonly fixedNames: readonly string[];
  readonly #topicNames: readonly (string | null)[];
  readonly #integrity: string | null;

  constructor(site: Site, labels: Labels) {
    this.site = site;
    this.labels = labels;
    const { home, latestNews, status, allTopics, publications, subscribe, allFeeds, publishers } = labels;
    const names = [site.title, home, latestNews, status, allTopics, publications, subscribe, allFeeds, publishers];
    this.fixedNames = site.search === true ? [...names, labels.search] : names;
    // The policy of pages allows this content alone.
    const hash = () =>
      createHash('sha256')
        .update(pageAsset(`scripts/${SEEN}`))
        .digest('base64');
    this.#integrity = site.script === true ? `sha256-${hash()}` : null;
    this.#topicNames = distinctNames(site.menu, this.fixedNames, labels.topic);
    // Only the name of the zone: a change of its offsets does not change existing pages.
    const zone = site.zone.name;
    const text = JSON.stringify([GENERATOR.version, { ...site, zone }, { ...labels, zone }]);
    this.fingerprint = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  }

  data(page: Framed) {
    const { site, labels } = this;
    const url = toPageUrl(site, page.path);
    // Servers send this page for any address, so its links start at the root of the host.
    const root = page.path === NOT_FOUND ? new URL(site.feedsUrl).pathname : pathToRoot(page.path);
    return {
      labels,
      months: labels.months,
      site: {
        title: site.title,
        // The default is the title, which is shown above it.
        description: site.description === site.title ? null : site.description,
        parent: site.parent ?? null,
        feedsUrl: site.feedsUrl,
        root,
        home: `${root}index.html`,
        ownPictures: site.ownPictures,
        icon: site.icon && { href: root + site.icon.path, type: site.icon.type },
        icons: site.icons,
        logo: site.logo === undefined ? null : { light: root + site.logo.light, dark: root + site.logo.dark },
        opml: site.formats.includes('opml') && this.hasFeeds,
        search: site.search === true ? `${root}search.html` : null,
        script: this.#integrity === null ? null : { src: root + SEEN, integrity: this.#integrity },
        hasFeeds: this.hasFeeds,
        lang: this.foreign.lang,
        dir: this.foreign.dir,
      },
      topics: site.menu.map(({ id, label }, i) => {
        const href = `${root}topics/${id}.html`;
        return { id, label, name: this.#topicNames[i] ?? null, href, current: page.path === `topics/${id}.html` };
      }),
      allTopics: site.hasTopics ? { href: `${root}topics.html`, current: page.path === 'topics.html' } : null,
      page: {
        kind: page.kind,
        path: page.path,
        url,
        dir: detectDirection(labels.language),
        heading: page.heading,
        lang: page.lang ?? null,
        title: page.title,
        description: page.description,
        canonical: page.canonical ?? url,
        robots: page.robots ?? null,
        feeds: this.#alternates(page, root),
        reservation: page.reservation ?? site.reservation ?? null,
        translations: (page.translations ?? []).map(({ language, path }) => {
          return { language, url: toPageUrl(site, `${path}.html`) };
        }),
        og: {
          type: page.kind === 'article' ? 'article' : 'website',
          title: page.heading,
          image: page.image ?? (page.kind === 'article' ? null : site.sharedImage),
          card: page.image == null ? 'summary' : 'summary_large_image',
        },
        jsonLd: jsonLd([...page.graph, ...this.#trail(page, url)]),
        breadcrumb: this.#breadcrumb(page, root),
      },
    };
  }

  /** Names of the links on every page, with the menu's. */
  get linkNames(): string[] {
    return [...this.fixedNames, ...this.site.menu.map(({ label }) => label)];
  }

  /** If our labels are in another language, the site's own texts are marked with the site's language. */
  get foreign() {
    const { language } = this.site;
    const isForeign = this.labels.language !== language.toLowerCase().split('-')[0];
    return isForeign ? { lang: language, dir: detectDirection(language) } : { lang: null, dir: null };
  }

  get hasFeeds(): boolean {
    return this.#feedFormats().length > 0;
  }

  formats(channel: ChannelPath, root: string) {
    return this.#feedFormats().map(({ name, title, mediaType }) => {
      return { name: title, type: mediaType, href: `${root}${channel}.${name}` };
    });
  }

  #feedFormats() {
    return formats.filter(({ name, kind }) => kind === 'feed' && this.site.formats.includes(name));
  }

  #alternates({ feeds, heading }: Framed, root: string) {
    const titled = (channel: ChannelPath, title: string) =>
      this.formats(channel, root).map(({ name, ...format }) => ({ ...format, title: `${title} (${name})` }));
    const all = titled('all', this.site.title);
    if (feeds === 'all') return all;
    const own = titled(feeds, `${heading} – ${this.site.title}`);
    return feeds === 'stories' ? [...all, ...own] : [...own, ...all];
  }

  #breadcrumb({ steps }: Framed, root: string) {
    if (steps.length === 0) return [];
    return [{ text: this.labels.home, href: `${root}index.html` }, ...steps];
  }

  #trail({ steps }: Framed, url: string) {
    if (steps.length === 0) return [];
    const home = { text: this.labels.home, url: this.site.feedsUrl };
    return [
      breadcrumbNode([
        home,
        ...steps.map(({ text, href }) => ({ text, url: href === undefined ? url : new URL(href, url).href })),
      ]),
    ];
  }
}
