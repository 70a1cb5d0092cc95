/** Composes the metadata of a channel: title, addresses, language. */
import { type Channel, type ChannelPath, STORIES, type Translation } from '../model/channel.js';
import type { ListedChannel } from '../model/edition.js';
import type { FetchState, SourceId, SourceProfile } from '../model/source.js';
import { isLanguageTag } from '../text/language.js';
import { languageName } from '../text/language-name.js';
import { bareHost } from '../text/url/url.js';
import { textLine } from './entry.js';
import { formerPaths } from './former-paths.js';
import { topicLabel } from './label.js';
import type { EditionSettings } from './settings.js';
import { withId } from './with-id.js';

export interface ChannelMetadata extends Omit<Channel, 'kind' | 'updatedAt' | 'archive' | 'tombstones' | 'entries'> {
  readonly kind: ListedChannel['kind'];
}
export type Profiles = ReadonlyMap<
  string,
  Pick<SourceProfile, 'title' | 'homeUrl' | 'feedUrl' | 'description' | 'language'>
>;

/** Profiles of the sources that were read at least once. */
export function profilesOf(states: ReadonlyMap<SourceId, Pick<FetchState, 'profile'>>): Profiles {
  return new Map([...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile] as const])));
}

interface Words {
  readonly kind: ListedChannel['kind'];
  readonly title: string;
  readonly description: string;
  readonly language: string;
}

/** null where the config does not have the channel, or does not want it. */
export function channelMetadata(
  path: ChannelPath,
  settings: EditionSettings,
  profiles: Profiles,
): ChannelMetadata | null {
  const words = wordsOf(path, settings, profiles);
  if (words === null) return null;
  const { site, publish } = settings;
  const ownPage = publish.formats.includes('html') && words.kind !== 'all';
  const translations = translationsOf(path, settings);
  return {
    ...words,
    path,
    // Unlike a tag: URI, an address of ours needs no date: it is ours as long as the feed exists. A renamed one is the same feed.
    id: `${site.feedsUrl}${formerPaths(path, settings)[0] ?? path}`,
    homeUrl: ownPage ? `${site.feedsUrl}${path}.html` : site.url,
    feedsUrl: site.feedsUrl,
    formats: publish.formats,
    siteTitle: textLine(site.title),
    ...(site.reservation !== undefined && { reservation: site.reservation }),
    ...imagesOf(path, settings),
    hub: publish.hub,
    ...(translations.length > 0 && { translations }),
  };
}

function imagesOf(path: ChannelPath, { channelImages }: EditionSettings): Pick<Channel, 'images'> {
  if (channelImages === undefined) return {};
  const own = path.startsWith('topics/') ? channelImages.topics[path.slice('topics/'.length)] : undefined;
  return { images: own ?? channelImages.section };
}

/** The channels of a section's languages are each other's translations. */
function translationsOf(path: ChannelPath, { languages = [] }: EditionSettings): Translation[] {
  if (!path.startsWith(LANGUAGE)) return [];
  const all = languages.map((language) => ({ language, path: `${LANGUAGE}${language}` }));
  return all.some((one) => one.path === path) ? all.filter((one) => one.path !== path) : [];
}

const LANGUAGE = 'language/';

/** The editor's title of a source, else the feed's, else the host of its home, as its articles name it, else its id. */
export function sourceTitle(
  source: { readonly id: string; readonly title: string | null },
  profiles: Profiles,
): string {
  const profile = profiles.get(source.id);
  return (
    textLine(source.title ?? '') || textLine(profile?.title ?? '') || bareHost(profile?.homeUrl ?? null) || source.id
  );
}

function wordsOf(path: ChannelPath, settings: EditionSettings, profiles: Profiles): Words | null {
  const { site, publish } = settings;
  const siteTitle = textLine(site.title);
  const { language } = site;
  if (path === 'all') {
    return { kind: 'all', title: siteTitle, description: textLine(site.description) || siteTitle, language };
  }
  if (path === STORIES) {
    if (!publish.stories) return null;
    const description = `The stories that several publications tell, woven by ${siteTitle}`;
    return { kind: 'stories', title: `Stories – ${siteTitle}`, description, language };
  }
  if (path.startsWith('topics/')) return topicWords(path.slice('topics/'.length), settings);
  if (path.startsWith('channels/')) return questionWords(path.slice('channels/'.length), settings);
  if (path.startsWith(LANGUAGE)) return languageWords(path.slice(LANGUAGE.length), settings);
  if (path.startsWith('digests/')) return digestWords(path.slice('digests/'.length), settings);
  return publish.perSource ? sourceWords(path.slice('sources/'.length), settings, profiles) : null;
}

function topicWords(id: string, { site, topics }: EditionSettings): Words | null {
  const topic = withId(topics, id);
  if (topic === undefined) return null;
  const label = textLine(topicLabel(topic, site.language)) || id;
  const siteTitle = textLine(site.title);
  return {
    kind: 'topic',
    title: `${label} – ${siteTitle}`,
    description: `${label}: every article on it in ${siteTitle}`,
    language: site.language,
  };
}

function questionWords(id: string, { site, channels = [] }: EditionSettings): Words | null {
  const channel = withId(channels, id);
  if (channel === undefined) return null;
  const title = textLine(channel.title) || id;
  const siteTitle = textLine(site.title);
  return {
    kind: 'channel',
    title: `${title} – ${siteTitle}`,
    description: textLine(channel.description ?? '') || `${title}: what ${siteTitle} has on it`,
    language: site.language,
  };
}

function digestWords(id: string, { site, digests = [] }: EditionSettings): Words | null {
  const digest = digests.find((each) => each.id === id);
  if (digest === undefined) return null;
  const title = textLine(digest.title) || id;
  const siteTitle = textLine(site.title);
  return {
    kind: 'digest',
    title: `${title} – ${siteTitle}`,
    description: `${title}: what ${siteTitle} brought, issue by issue`,
    language: site.language,
  };
}

function languageWords(tag: string, { site, languages = [] }: EditionSettings): Words | null {
  if (!languages.includes(tag)) return null;
  const name = languageName(tag);
  const siteTitle = textLine(site.title);
  return {
    kind: 'language',
    title: `${name} – ${siteTitle}`,
    description: `${name}: every article of ${siteTitle} in this language`,
    language: tag,
  };
}

function sourceWords(id: string, { site, sources }: EditionSettings, profiles: Profiles): Words | null {
  const source = withId(sources, id);
  if (source === undefined) return null;
  const title = sourceTitle(source, profiles);
  const siteTitle = textLine(site.title);
  const language = profiles.get(id)?.language ?? '';
  return {
    kind: 'source',
    title: `${title} – ${siteTitle}`,
    description: `${title}: its articles in ${siteTitle}`,
    language: isLanguageTag(language) ? language : site.language,
  };
}
