/** The part of the config that composing needs. */
import type { ChannelImages } from '../model/channel.js';
import type { ChannelSettings, ImageSettings, PublishSettings, Settings, SiteSettings } from '../model/settings.js';
import type { Source, SourceId, WithdrawnPolicy } from '../model/source.js';
import type { Topic } from '../model/topic.js';

export interface EditionSettings {
  readonly site: Pick<
    SiteSettings,
    'title' | 'url' | 'feedsUrl' | 'description' | 'language' | 'timezone' | 'comments' | 'reservation'
  > &
    Partial<Pick<SiteSettings, 'contact' | 'parent' | 'logo'>>;
  readonly publish: Omit<PublishSettings, 'dir' | 's3' | 'failures' | 'templates'>;
  /** Missing: pictures link to their hosts, and there are no icons. */
  readonly images?: Pick<ImageSettings, 'cache' | 'icons'>;
  readonly channelImages?: {
    readonly section: ChannelImages;
    /** For topics with their own picture, by id. */
    readonly topics: Readonly<Record<string, ChannelImages>>;
  };
  readonly sources: readonly (Pick<
    Source,
    | 'id'
    | 'url'
    | 'moreFeeds'
    | 'feedId'
    | 'title'
    | 'formerly'
    | 'content'
    | 'images'
    | 'withdrawn'
    | 'secrets'
    | 'own'
    | 'reservation'
  > &
    Partial<Pick<Source, 'every' | 'paused' | 'authors'>>)[];
  /** Names of the authors with channels, by slug; missing: no source has `authors`. */
  readonly authors?: ReadonlyMap<string, string>;
  /** Sources that left the config, whose texts must not be shown; missing: none. */
  readonly formerSources?: ReadonlyMap<SourceId, WithdrawnPolicy>;
  readonly topics: readonly Pick<Topic, 'id' | 'formerly' | 'label' | 'iptc' | 'parent'>[];
  readonly channels?: readonly ChannelSettings[];
  readonly languages?: NonNullable<Settings['languages']>;
  readonly digests?: NonNullable<Settings['digests']>;
}
