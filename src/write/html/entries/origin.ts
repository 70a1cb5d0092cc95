/** Names the publisher of an article, or the site that a link post refers to. */
import type { Entry } from '../../../model/channel.js';
import { areSimilarHeadlines } from '../../../text/alike.js';
import { lettersOnly } from '../../../text/plain.js';
import { isPlatform } from '../../../text/url/platforms.js';
import { findSite } from '../../../text/url/site-of.js';
import { bareHost } from '../../../text/url/url.js';
import type { Labels } from '../labels.js';
import { selectCreditLabel } from './player.js';

/** A publication may have articles on two sites with one name: `harbour.example`, `harbour.test`. */
export function describeOrigin(entry: Entry, labels: Labels) {
  const { publication, via } = entry;
  const linked = findLinkedHost(entry);
  return linked === null
    ? { label: labels.firstPublished, publication: publication.title, via: via?.title ?? null }
    : { label: labels.linksTo, publication: linked, via: publication.title };
}

/** null: the article is on the publication's site, or unclear. Media are often on another host. */
function findLinkedHost(entry: Entry): string | null {
  const { originalUrl, publication, via, enclosures } = entry;
  const isMedium = enclosures.length > 0 || ['listen', 'watch'].includes(selectCreditLabel(entry));
  if (originalUrl === null || via !== null || publication.url === null || isMedium) return null;
  const [site, home] = [originalUrl, publication.url].map(findSite);
  const feed = publication.feedUrl === null ? null : findSite(publication.feedUrl);
  if (!site || !home || [home, feed].includes(site) || isPlatform(site) || REDIRECTOR.test(originalUrl)) return null;
  const [label, homeLabel] = [site, home].map((one) => one.split('.', 1)[0]!.replaceAll('-', '')) as [string, string];
  const names = [homeLabel, lettersOnly(publication.title).replaceAll(' ', '')];
  const isPart = (name: string) => label.length > 2 && (name.includes(label) || (name !== '' && label.includes(name)));
  return names.some((name) => isPart(name) || areSimilarHeadlines(name, label)) ? null : bareHost(originalUrl);
}

const REDIRECTOR = /^https?:\/\/(?:click|feeds?|go|links?|redir|redirect|rss|track|tracking)\./;
