/** Composes the site-wide data of pages, and the entries of their lists. */
import type { Entry } from '../model/channel.js';
import type { Edition } from '../model/edition.js';
import { logoPath, type PageEntry, type PageMemory, type Site } from '../model/page.js';
import { textLine } from './entry.js';
import { topicLabel } from './label.js';
import type { EditionSettings } from './settings.js';

/** `published`: whether a topic's feed and page are published; `zone`: the configured time zone. */
export function composeSite(
  { site, publish, topics, images, channelImages }: EditionSettings,
  published: (topicId: string) => boolean,
  { menu, zone }: Pick<PageMemory, 'menu'> & Pick<Site, 'zone'>,
): Site {
  const shown = topics.filter(({ id }) => published(id));
  const title = textLine(site.title);
  const icon = channelImages?.section.icon;
  return {
    title,
    description: textLine(site.description) || title,
    ...(site.parent !== undefined && { parent: { ...site.parent, title: textLine(site.parent.title) } }),
    language: site.language,
    feedsUrl: site.feedsUrl,
    formats: publish.formats,
    perSource: publish.perSource,
    words: publish.words,
    zone,
    menu: (publish.menu ?? menu).flatMap((id) => {
      const topic = shown.find((one) => one.id === id);
      return topic === undefined ? [] : { id, label: textLine(topicLabel(topic, site.language)) || id };
    }),
    hasTopics: shown.length > 0,
    ownPictures: images?.cache === true,
    icon: channelImages?.section.favicon ?? null,
    ...(site.logo !== undefined && {
      logo: {
        light: logoPath('light', site.logo.light),
        dark: site.logo.dark === undefined ? logoPath('light', site.logo.light) : logoPath('dark', site.logo.dark),
      },
    }),
    // Services that preview links do not support vector images.
    sharedImage: icon?.type === 'image/png' ? site.feedsUrl + icon.path : null,
    icons: images?.icons === true,
    ...(publish.search === true && { search: true }),
    ...(publish.script === true && { script: true }),
    ...(site.reservation !== undefined && { reservation: site.reservation }),
  };
}

export function publishedTopics({ channels }: Pick<Edition, 'channels'>): (topicId: string) => boolean {
  const paths = new Set(channels.map(({ path }) => path));
  return (id) => paths.has(`topics/${id}`);
}

export function pageEntry(entry: Entry, alsoReportedBy: readonly string[] = []): PageEntry {
  const { id, slug, title, summary, language, publishedAt, picture, machine = [] } = entry;
  const [medium] = entry.enclosures;
  const stands = machine.find(({ original }) => original !== undefined);
  return {
    id,
    slug,
    title,
    summary,
    language,
    publishedAt,
    publication: entry.publication.title,
    // The section's own page is its index.
    sourceId: entry.isOwn === true ? null : (entry.sourceId ?? null),
    picture: picture?.width != null && picture.height !== null ? picture : null,
    alsoReportedBy,
    ...(entry.remark !== undefined && { remark: entry.remark }),
    ...(medium !== undefined && { medium: { isVideo: medium.type.startsWith('video/'), duration: medium.duration } }),
    ...(stands !== undefined && { machine: stands.as }),
  };
}
