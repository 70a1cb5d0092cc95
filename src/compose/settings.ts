/** The part of the config that composing needs. */
import type { ChannelSettings, PublishSettings, Settings, SiteSettings } from '../model/settings.js';
import type { Source } from '../model/source.js';
import type { Topic } from '../model/topic.js';

export interface EditionSettings {
  readonly site: Pick<SiteSettings, 'title' | 'url' | 'feedsUrl' | 'description' | 'language' | 'comments'>;
  readonly publish: Pick<PublishSettings, 'formats' | 'items' | 'perSource' | 'stories' | 'archive' | 'link' | 'hub'>;
  readonly sources: readonly Pick<
    Source,
    'id' | 'url' | 'moreFeeds' | 'feedId' | 'title' | 'formerly' | 'content' | 'withdrawn' | 'secrets' | 'own'
  >[];
  readonly topics: readonly Pick<Topic, 'id' | 'formerly' | 'label' | 'iptc' | 'parent'>[];
  readonly channels?: readonly ChannelSettings[];
  readonly languages?: NonNullable<Settings['languages']>;
  readonly digests?: NonNullable<Settings['digests']>;
}
