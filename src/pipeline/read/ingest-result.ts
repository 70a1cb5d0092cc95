/** Dependencies and results of ingesting a response. */
import type { ArticleRef } from '../../model/article.js';
import type { BuildReport } from '../../model/report.js';
import type { FetchState, HostState, SourceError } from '../../model/source.js';
import type { FetchLimits } from '../../politeness/request-settings.js';
import type { CompiledRules } from '../../rules/rules.js';
import type { Tagging } from '../facts/tagging.js';
import type { CarriedElsewhereDeps } from './carried-elsewhere.js';
import type { ChangedItemsDeps } from './changed-items.js';
import type { StateBatch } from './state-batch.js';

export interface IngestDeps extends ChangedItemsDeps, Pick<CarriedElsewhereDeps, 'carriersOf'> {
  readonly tagging: Tagging;
  readonly editorRules: () => Promise<CompiledRules>;
  readonly unchangedStates: Pick<StateBatch, 'add'>;
  readonly limits: FetchLimits;
  readonly now: Date;
}

export type IngestCounts = Omit<BuildReport['articles'], 'dropped' | 'held' | 'total'>;

export interface Ingested {
  readonly kind: 'fetched' | 'not-modified' | 'failed';
  /** Failed with most other sources: one warning reports all of them. */
  readonly inOutage?: boolean;
  readonly state: FetchState;
  /** The host's Retry-After period; null: none. */
  readonly host: HostState | null;
  readonly counts: IngestCounts;
  readonly visibilityChanged: readonly ArticleRef[];
  readonly warnings: readonly string[];
}

/** Status of a source that exceeds its daily limit. */
export const TOO_MANY: SourceError = {
  code: 'PARSE_LIMIT',
  message: 'more new articles than the daily limit (perDay)',
  status: null,
};

export const NO_NEWS: IngestCounts = { added: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0 };
