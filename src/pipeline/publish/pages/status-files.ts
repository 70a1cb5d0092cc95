/**
 * Builds `status.json`, `status.html` and `status.svg`. They change only with source states, so that runs without
 * changes write nothing.
 */

import { type Profiles, sourceTitle } from '../../../compose/channel-metadata.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { OutputFile } from '../../../model/edition.js';
import { BADGE } from '../../../model/embeds.js';
import type { SourceStatus } from '../../../model/page.js';
import type { SourceFacts, SourceId } from '../../../model/source.js';
import { listFeeds, toFeedKey } from '../../../model/source-feeds.js';
import { formatRfc3339 } from '../../../text/timestamp.js';
import { redactUrls } from '../../../text/url/redact-url.js';
import type { PageWriter } from '../../../write/html/html.js';

export interface CurrentSources {
  readonly settings: EditionSettings;
  readonly profiles: Profiles;
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
}

export interface StatusDeps extends CurrentSources {
  /** null: no pages. */
  readonly writer: (() => Promise<Pick<PageWriter, 'status' | 'badge'>>) | null;
}

export async function createStatusFiles(deps: StatusDeps): Promise<OutputFile[]> {
  const sources = listSourceStatuses(deps);
  const json = { path: 'status.json', bytes: statusJson(sources) };
  if (deps.writer === null) return [json];
  const writer = await deps.writer();
  const files = [json, { path: 'status.html', bytes: writer.status(sources) }];
  if (deps.settings.publish.embed?.includes('badge') === true)
    files.push({ path: BADGE, bytes: writer.badge(sources) });
  return files;
}

/** Sorted by id. */
export function listSourceStatuses({ settings, profiles, states }: CurrentSources): SourceStatus[] {
  return [...settings.sources]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(listFeeds)
    .map((source) => toSourceStatus(source, states.get(toFeedKey(source)), profiles));
}

function toSourceStatus(
  source: EditionSettings['sources'][number],
  state: SourceFacts | undefined,
  profiles: Profiles,
): SourceStatus {
  // A state for another address belongs to another source.
  const known = state?.configuredUrl === source.url ? state : undefined;
  const error = known?.error ?? null;
  return {
    id: toFeedKey(source),
    title: sourceTitle(source, profiles),
    state: known?.health ?? 'new',
    since: known?.healthSince ?? null,
    newestArticleAt: known?.newestArticleAt ?? null,
    error: error === null ? null : { code: error.code, message: redactUrls(error.message) },
    ...(known?.proposedUrl && { proposedUrl: redactUrls(known.proposedUrl) }),
  };
}

/** One line per source, for readable diffs. */
function statusJson(sources: readonly SourceStatus[]): string {
  const lines = sources.map(
    ({ id, title, state, since, newestArticleAt, error }) =>
    JSON.stringify({ id, title, state, since: formatStatusDate(since), newestArticleAt: formatStatusDate(newestArticleAt), ...(error && { error }) }), // biome-ignore format: one line
  );
  return `{"sources":[\n${lines.join(',\n')}\n]}\n`;
}

function formatStatusDate(date: Date | null): string | null {
  return date === null ? null : formatRfc3339(date);
}
