/** Composes the lists of an edition: the published channels, and the sources. */
import type { Edition, ListedChannel, ListedSource } from '../model/edition.js';
import { toHttpUri } from '../text/url/http-uri.js';
import { hideSecrets, toPublicUrl } from '../text/url/redact-url.js';
import { type ChannelMetadata, type Profiles, sourceTitle } from './channel-metadata.js';
import { textLine } from './entry.js';
import type { EditionSettings } from './settings.js';
import { findById } from './with-id.js';

const KINDS = ['all', 'stories', 'topic', 'source', 'channel', 'language', 'digest', 'author', 'story'] as const;

/** `channels`: published channels, with the date of their newest change. `feedFormat`: see `Edition`. */
export function composeEdition(
  settings: EditionSettings,
  profiles: Profiles,
  channels: readonly { readonly metadata: ChannelMetadata; readonly updatedAt: Date }[],
  feedFormat: string | null,
): Edition {
  const { site } = settings;
  const listed = channels
    .map(({ metadata, updatedAt }) => listedChannel(metadata, updatedAt, settings))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.path < b.path ? -1 : 1));
  const times = channels.map(({ updatedAt }) => updatedAt.getTime());
  return {
    siteTitle: textLine(site.title),
    siteUrl: site.url,
    feedsUrl: site.feedsUrl,
    language: site.language,
    feedFormat,
    channels: listed,
    sources: [...settings.sources]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((source) => listedSource(source, profiles)),
    updatedAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}

function listedChannel(metadata: ChannelMetadata, updatedAt: Date, settings: EditionSettings): ListedChannel {
  const { kind, path, title, description, homeUrl, language } = metadata;
  const topic = kind === 'topic' ? findById(settings.topics, path.replace('topics/', '')) : undefined;
  const parent = topic?.parent === undefined ? null : `topics/${topic.parent}`;
  const { translations } = metadata;
  return {
    kind,
    path,
    title,
    description,
    homeUrl,
    language,
    updatedAt,
    parent,
    ...(translations && { translations }),
  };
}

function listedSource(source: EditionSettings['sources'][number], profiles: Profiles): ListedSource {
  const profile = profiles.get(source.id);
  return {
    id: source.id,
    title: sourceTitle(source, profiles),
    feedUrl: publicFeedUrl(source, profile?.feedUrl ?? null),
    homeUrl: profile?.homeUrl == null ? null : toHttpUri(profile.homeUrl),
    description: profile?.description == null ? null : textLine(profile.description),
    language: profile?.language ?? null,
  };
}

/** The configured address may contain a key or be a local file. Then the feed's own address is published. */
function publicFeedUrl({ url, secrets }: EditionSettings['sources'][number], own: string | null): string | null {
  const open = toPublicUrl(url, secrets);
  const address = open === null ? null : toHttpUri(open);
  return address ?? (own === null || hideSecrets(own, secrets ?? []) !== own ? null : toHttpUri(own));
}
