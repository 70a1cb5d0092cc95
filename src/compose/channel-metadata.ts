/** Composes the metadata of a channel: title, addresses, language. */
import { type Channel, type ChannelPath, STORIES, type Translation } from '../model/channel.js';
import type { ListedChannel } from '../model/edition.js';
import type { FetchState, SourceId, SourceProfile } from '../model/source.js';
import { AUTHORS } from '../text/author-slug.js';
import { isLanguageTag } from '../text/language.js';
import { languageName } from '../text/language-name.js';
import { bareHost } from '../text/url/url.js';
import { textLine } from './entry.js';
import { listFormerPaths } from './former-paths.js';
import { topicLabel } from './label.js';
import type { EditionSettings } from './settings.js';
import { findById } from './with-id.js';

export interface ChannelMetadata extends Omit<Channel, 'kind' | 'updatedAt' | 'archive' | 'tombstones' | 'entries'> {
  readonly kind: ListedChannel['kind'];
}
export type Profiles = ReadonlyMap<
  string,
  Pick<SourceProfile, 'title' | 'homeUrl' | 'feedUrl' | 'description' | 'language'>
>;

/** Profiles of the sources that were read at least once. */
export function collectProfiles(states: ReadonlyMap<SourceId, Pick<FetchState, 'profile'>>): Profiles {
  return new Map([...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile] as const])));
}

type ChannelText = Pick<ListedChannel, 'kind' | 'title' | 'description' | 'language'>;

/** null: the config does not contain or enable the channel. */
export function channelMetadata(
  path: ChannelPath,
  settings: EditionSettings,
  profiles: Profiles,
): ChannelMetadata | null {
  const words = describeChannel(path, settings, profiles);
  if (words === undefined) return null;
  const { site, publish } = settings;
  const ownPage = publish.formats.includes('html') && words.kind !== 'all';
  const translations = listTranslations(path, settings);
  return {
    ...words,
    path,
    // A renamed channel keeps its id. Our addresses are permanent, so they need no date, unlike a tag: URI.
    id: `${site.feedsUrl}${listFormerPaths(path, settings)[0] ?? path}`,
    homeUrl: ownPage ? `${site.feedsUrl}${path}.html` : site.url,
    feedsUrl: site.feedsUrl,
    formats: publish.formats,
    siteTitle: textLine(site.title),
    ...(site.reservation !== undefined && { reservation: site.reservation }),
    ...selectImages(path, settings),
    hub: publish.hub,
    ...(translations.length > 0 && { translations }),
  };
}

function selectImages(path: ChannelPath, { channelImages }: EditionSettings): Pick<Channel, 'images'> {
  if (channelImages === undefined) return {};
  const own = path.startsWith('topics/') ? channelImages.topics[path.slice('topics/'.length)] : undefined;
  return { images: own ?? channelImages.section };
}

function listTranslations(path: ChannelPath, { languages = [] }: EditionSettings): Translation[] {
  if (!path.startsWith(LANGUAGE)) return [];
  const all = languages.map((language) => ({ language, path: `${LANGUAGE}${language}` }));
  return all.some((one) => one.path === path) ? all.filter((one) => one.path !== path) : [];
}

const LANGUAGE = 'language/';

/** The configured title of a source, else the feed's, else the host of its home page, else its id. */
export function sourceTitle(
  source: { readonly id: string; readonly title: string | null },
  profiles: Profiles,
): string {
  const profile = profiles.get(source.id);
  return (
    textLine(source.title ?? '') || textLine(profile?.title ?? '') || bareHost(profile?.homeUrl ?? null) || source.id
  );
}

function describeChannel(path: ChannelPath, settings: EditionSettings, profiles: Profiles): ChannelText | undefined {
  const { site, publish, topics, sources, channels = [], languages = [], digests = [] } = settings;
  const siteTitle = textLine(site.title);
  if (path === 'all') {
    const description = textLine(site.description) || siteTitle;
    return { kind: 'all', title: siteTitle, description, language: site.language };
  }
  if (path === STORIES) {
    if (!publish.stories) return undefined;
    const description = `The stories that several publications tell, woven by ${siteTitle}`;
    return { kind: 'stories', title: `Stories – ${siteTitle}`, description, language: site.language };
  }
  const titledChannel = (
    kind: ChannelText['kind'],
    title: string,
    description: string,
    language = site.language,
  ): ChannelText => {
    return { kind, title: `${title} – ${siteTitle}`, description: `${title}: ${description}`, language };
  };
  const [folder, id = ''] = path.split('/');
  if (folder === 'topics') {
    const topic = findById(topics, id);
    return (
      topic &&
      titledChannel('topic', textLine(topicLabel(topic, site.language)) || id, `every article on it in ${siteTitle}`)
    );
  }
  if (folder === 'channels') {
    const channel = findById(channels, id);
    const words = channel && titledChannel('channel', textLine(channel.title) || id, `what ${siteTitle} has on it`);
    return words && { ...words, description: textLine(channel.description ?? '') || words.description };
  }
  if (folder === 'language') {
    return languages.includes(id)
      ? titledChannel('language', languageName(id), `every article of ${siteTitle} in this language`, id)
      : undefined;
  }
  if (folder === 'digests') {
    const digest = findById(digests, id);
    return digest && titledChannel('digest', textLine(digest.title) || id, `what ${siteTitle} brought, issue by issue`);
  }
  if (folder === AUTHORS) {
    const name = settings.authors?.get(id);
    return name === undefined
      ? undefined
      : titledChannel('author', textLine(name) || id, `articles by this author in ${siteTitle}`);
  }
  const source = folder === 'sources' && publish.perSource ? findById(sources, id) : undefined;
  const language = profiles.get(id)?.language ?? '';
  const ownLanguage = isLanguageTag(language) ? language : site.language;
  return source && titledChannel('source', sourceTitle(source, profiles), `its articles in ${siteTitle}`, ownLanguage);
}
