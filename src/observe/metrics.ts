/** Prometheus metrics of runs. Names and labels are public API. None is labelled by source: `status` reports on each. */
import { createRequire } from 'node:module';
import type { Registry } from 'prom-client';
import { ERROR_CODES } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { SourceHealth } from '../model/source.js';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 300, 600];
const STATES: readonly SourceHealth[] = ['new', 'ok', 'degraded', 'failing', 'dead', 'gone'];

const listErrorCodes = (kind: 'store' | 'publish') =>
  Object.entries(ERROR_CODES).flatMap(([code, row]) => (row.kind === kind ? code : []));
const RUN_OUTCOMES: readonly string[] = [
  ...['published', 'unchanged', 'no_source', 'late', 'hung', 'stopped', 'bug'],
  ...listErrorCodes('store'),
  ...listErrorCodes('publish'),
];

/** Durations are passed in milliseconds and exported in seconds. */
export interface Metrics {
  runEnded(outcome: string, ms: number): void;
  /** `outcome`: fetched, not_modified or an error code. */
  sourceRequested(outcome: string): void;
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: string): void;
  /** Counts a run that succeeded. If all requested or waiting sources failed, the time of the last success stays. */
  reported(report: BuildReport, at: Date): void;
  sources(health: ReadonlyMap<SourceHealth, number>): void;
  /** Counts a bundle of requests, in a process that fetches for others. */
  bundle(outcome: string): void;
  /** The config of the files is in use since `at`; null: it was rejected. */
  configLoaded(at: Date | null): void;
  publisher(isPublisher: boolean): void;
  /** Responses of fetch workers found at the last check. */
  inbox(waiting: number): void;
  /** Start of the open round in monotonic milliseconds; null: no open round. */
  round(since: number | null): void;
  /** Prometheus text format; null: prom-client is not installed. */
  text(): Promise<string | null>;
  readonly contentType: string;
}

type PromClient = typeof import('prom-client');

/** null: prom-client is not installed. */
function loadPromClient(): PromClient | null {
  try {
    return createRequire(import.meta.url)('prom-client') as PromClient;
  } catch {
    return null;
  }
}

/** Uses its own registry, so that two can exist in one process. Without prom-client, nothing is counted. */
export function createMetrics(client: PromClient | null = loadPromClient()): Metrics {
  return client === null ? NO_METRICS : countingMetrics(client);
}

const NO_METRICS: Metrics = {
  runEnded: () => {},
  sourceRequested: () => {},
  fetched: () => {},
  parsed: () => {},
  published: () => {},
  reported: () => {},
  sources: () => {},
  bundle: () => {},
  configLoaded: () => {},
  publisher: () => {},
  inbox: () => {},
  round: () => {},
  text: async () => null,
  contentType: 'text/plain; charset=utf-8',
};

function countingMetrics(client: PromClient): Metrics {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  let roundSince: number | null = null;
  const m = createMeters(client, [registry], () => (roundSince === null ? 0 : (performance.now() - roundSince) / 1000));
  for (const state of STATES) m.sources.set({ state }, 0);
  // Start each series at 0. A series that starts at its first failure has no increase, so an alert would miss it.
  for (const outcome of RUN_OUTCOMES) m.runs.inc({ outcome }, 0);
  for (const outcome of ['sent', 'unknown', 'refused']) m.announcements.inc({ outcome }, 0);
  return {
    runEnded(outcome, ms) {
      m.runs.inc({ outcome });
      m.runSeconds.observe({ outcome }, ms / 1000);
    },
    sourceRequested: (outcome) => m.fetches.inc({ outcome }),
    fetched(ms, bytes) {
      m.fetchSeconds.observe(ms / 1000);
      m.fetchBytes.inc(bytes);
    },
    parsed: (ms, format) => m.parseSeconds.observe({ format }, ms / 1000),
    published: (ms, outcome) => m.publishSeconds.observe({ outcome }, ms / 1000),
    reported({ articles, files, announcements = [], sources, allWait }, at) {
      const { added, updated, skipped, withdrawn } = articles;
      for (const [change, count] of Object.entries({ added, updated, skipped, withdrawn })) {
        m.articles.inc({ change }, count);
      }
      const { written, unchanged, removed } = files;
      for (const [outcome, count] of Object.entries({ written, unchanged, removed })) m.files.inc({ outcome }, count);
      for (const { sent, unknown, refused } of announcements) {
        for (const [outcome, count] of Object.entries({ sent, unknown, refused }))
          m.announcements.inc({ outcome }, count);
      }
      const waits = allWait?.failed === sources.notDue && sources.notDue > 0;
      if (sources.fetched + sources.notModified > 0 || (sources.failed === 0 && !waits))
        m.lastSuccess.set(Math.floor(at.getTime() / 1000));
    },
    sources(health) {
      for (const state of STATES) m.sources.set({ state }, health.get(state) ?? 0);
    },
    bundle: (outcome) => m.bundles.inc({ outcome }),
    configLoaded(at) {
      m.configGood.set(at === null ? 0 : 1);
      if (at !== null) m.configTime.set(Math.floor(at.getTime() / 1000));
    },
    publisher: (isPublisher) => m.isPublisher.set(isPublisher ? 1 : 0),
    inbox: (waiting) => m.inbox.set(waiting),
    round: (since) => {
      roundSince = since;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function createMeters({ Counter, Gauge, Histogram }: PromClient, registers: Registry[], roundAge: () => number) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `newsloom_${name}`, help, labelNames, registers });
  const seconds = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Histogram({ name: `newsloom_${name}`, help, labelNames, buckets: SECONDS, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `newsloom_${name}`, help, labelNames, registers });
  return {
    runs: counter('runs_total', 'Completed runs by outcome.', 'outcome'),
    runSeconds: seconds('run_duration_seconds', 'Duration of runs.', 'outcome'),
    fetches: counter('fetches_total', 'Requested sources by outcome.', 'outcome'),
    fetchSeconds: seconds('fetch_duration_seconds', 'Duration of fetches, including redirects.'),
    fetchBytes: counter('fetch_bytes_total', 'Bytes received from sources, as transferred.'),
    parseSeconds: seconds('parse_duration_seconds', 'Duration of parsing and cleaning documents.', 'format'),
    articles: counter('articles_total', 'New and changed articles.', 'change'),
    sources: gauge('sources', 'Configured sources by state.', 'state'),
    files: counter('published_files_total', 'Published files by outcome.', 'outcome'),
    announcements: counter('announcements_total', 'Announcements to targets by outcome.', 'outcome'),
    publishSeconds: seconds('publish_duration_seconds', 'Duration of publishing.', 'outcome'),
    bundles: counter('bundles_total', 'Request bundles taken by this process, by outcome.', 'outcome'),
    configGood: gauge(
      'config_last_reload_successful',
      'Whether the config in the files is in use (1) or was rejected (0).',
    ),
    configTime: gauge('config_last_reload_success_timestamp_seconds', 'When the config was last loaded.'),
    isPublisher: gauge('is_publisher', 'Whether this process publishes (1) or is on standby (0).'),
    inbox: gauge('inbox_waiting', 'Responses of fetch workers found at the last check.'),
    roundAge: new Gauge({
      name: 'newsloom_round_age_seconds',
      help: 'Age of the open round; 0 if no round is open.',
      registers,
      collect() {
        this.set(roundAge());
      },
    }),
    lastSuccess: gauge(
      'last_success_timestamp_seconds',
      'End of the last run that published and did not find all its sources failing.',
    ),
  };
}
