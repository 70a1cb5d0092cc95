/** Results of publishing an edition. */
import { topicLabel } from '../../compose/label.js';
import { STORIES } from '../../model/channel.js';
import type { BuildReport } from '../../model/report.js';
import type { SinkResult } from '../../ports/sink.js';
import { isFeedHead } from '../../write/formats.js';
import type { RunObserver } from '../run-observer.js';
import { isHealth } from './edition-documents.js';
import type { EditionContents, EditionWork } from './edition-work.js';
import { isPublished } from './pages/page-memory.js';

export interface PublishResult {
  readonly files: BuildReport['files'];
  /** False if only health files changed. */
  readonly changed: boolean;
  readonly changedFeeds: readonly string[];
  /** In a dry run, the paths that would change. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Digests of written files, without health files. */
  readonly staged: ReadonlyMap<string, string>;
}

export interface WrittenEdition extends PublishResult {
  /** Ids of topics without files, in config order. */
  readonly emptyTopics: readonly string[];
}

export function describeEdition(
  { context, contents, plan, files, channels }: EditionWork,
  done: Pick<SinkResult, 'written' | 'removed' | 'bytes'>,
): PublishResult {
  const { settings, health, digests } = contents;
  const written = new Set(done.written);
  const heads = [...channels, ...digests].flatMap(({ metadata }) =>
    context.publishing.writers.flatMap((writer) => writer.document(metadata.path, null) ?? []),
  );
  const feeds = [...heads, ...done.written.filter((path) => path.startsWith(`${STORIES}/`))];
  const news = [...written, ...done.removed].filter((path) => !isHealth(path, health));
  return {
    files: {
      written: written.size,
      unchanged: (plan.needed ? files.all.size : plan.files) - written.size,
      removed: done.removed.length,
      bytes: done.bytes,
    },
    changed: news.length > 0,
    changedFeeds: feeds
      .filter((path) => written.has(path) && isFeedHead(path))
      .map((path) => settings.site.feedsUrl + path),
    written: [...written],
    removed: done.removed,
    staged: new Map([...files.staged].filter(([path]) => !isHealth(path, health))),
  };
}

export function reportChange(
  result: PublishResult,
  { settings: { topics, site }, channels }: EditionContents,
  observer: Pick<RunObserver, 'published'>,
): WrittenEdition {
  const ids = new Set(result.written.filter(isFeedHead).map((path) => /^topics\/([^./]+)/.exec(path)?.[1]));
  const changed = topics.filter(({ id }) => ids.has(id)).map((topic) => topicLabel(topic, site.language));
  observer.published(changed, result);
  return { ...result, emptyTopics: topics.flatMap(({ id }) => (isPublished(channels.get(`topics/${id}`)) ? [] : id)) };
}
