/** Prometheus metrics of runs. Names and labels are public API. None is labelled by source: `status` reports on each. */
import { createRequire } from 'node:module';
import type { Registry } from 'prom-client';
import { ERROR_CODES } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { SourceHealth } from '../model/source.js';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 300, 600];
const STATES: readonly SourceHealth[] = ['new', 'ok', 'degraded', 'failing', 'dead', 'gone'];

const codesOf = (kind: 'store' | 'publish') =>
  Object.entries(ERROR_CODES).flatMap(([code, row]) => (row.kind === kind ? code : []));
const RUN_OUTCOMES: readonly string[] = [
  ...['published', 'unchanged', 'no_source', 'late', 'hung', 'stopped', 'bug'],
  ...codesOf('store'),
  ...codesOf('publish'),
];

/** Durations are passed in milliseconds and exported in seconds. */
export interface Metrics {
  runEnded(outcome: string, ms: number): void;
  /** `outcome`: fetched, not_modified or an error code. */
  sourceAsked(outcome: string): void;
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: string): void;
  /** Counts a run that succeeded. */
  reported(report: BuildReport, at: Date): void;
  sources(health: ReadonlyMap<SourceHealth, number>): void;
  /** What became of a bundle of requests, in a process that asks for others. */
  bundle(outcome: string): void;
  /** Whether this process publishes. */
  publisher(isPublisher: boolean): void;
  /** Answers of other processes that were found at the last look. */
  inbox(waiting: number): void;
  /** Since when a round is open, in monotonic milliseconds; null: none is. */
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
  sourceAsked: () => {},
  fetched: () => {},
  parsed: () => {},
  published: () => {},
  reported: () => {},
  sources: () => {},
  bundle: () => {},
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
  const m = meters(client, [registry], () => (roundSince === null ? 0 : (performance.now() - roundSince) / 1000));
  for (const state of STATES) m.sources.set({ state }, 0);
  // A series that begins with its first failure has no increase yet: that failure would be seen by nobody.
  for (const outcome of RUN_OUTCOMES) m.runs.inc({ outcome }, 0);
  for (const outcome of ['sent', 'unknown', 'refused']) m.announcements.inc({ outcome }, 0); // what a kill interrupts is told by the first run
  return {
    runEnded(outcome, ms) {
      m.runs.inc({ outcome });
      m.runSeconds.observe({ outcome }, ms / 1000);
    },
    sourceAsked: (outcome) => m.fetches.inc({ outcome }),
    fetched(ms, bytes) {
      m.fetchSeconds.observe(ms / 1000);
      m.fetchBytes.inc(bytes);
    },
    parsed: (ms, format) => m.parseSeconds.observe({ format }, ms / 1000),
    published: (ms, outcome) => m.publishSeconds.observe({ outcome }, ms / 1000),
    reported({ articles, files, announcements = [] }, at) {
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
      m.lastSuccess.set(Math.floor(at.getTime() / 1000));
    },
    sources(health) {
      for (const state of STATES) m.sources.set({ state }, health.get(state) ?? 0);
    },
    bundle: (outcome) => m.bundles.inc({ outcome }),
    publisher: (isPublisher) => m.isPublisher.set(isPublisher ? 1 : 0),
    inbox: (waiting) => m.inbox.set(waiting),
    round: (since) => {
      roundSince = since;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function meters({ Counter, Gauge, Histogram }: PromClient, registers: Registry[], roundAge: () => number) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `newsloom_${name}`, help, labelNames, registers });
  const seconds = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Histogram({ name: `newsloom_${name}`, help, labelNames, buckets: SECONDS, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `newsloom_${name}`, help, labelNames, registers });
  return {
    runs: counter('runs_total', 'Runs that came to an end, by how.', 'outcome'),
    runSeconds: seconds('run_duration_seconds', 'How long runs took.', 'outcome'),
    fetches: counter('fetches_total', 'Sources asked, by what came of it.', 'outcome'),
    fetchSeconds: seconds('fetch_duration_seconds', 'How long answers took, redirects included.'),
    fetchBytes: counter('fetch_bytes_total', 'Bytes received from sources, as they came over the wire.'),
    parseSeconds: seconds('parse_duration_seconds', 'How long documents took to be read and cleaned.', 'format'),
    articles: counter('articles_total', 'Articles that came in or changed.', 'change'),
    sources: gauge('sources', 'Configured sources in each state.', 'state'),
    files: counter('published_files_total', 'Published files, by what became of them.', 'outcome'),
    announcements: counter('announcements_total', 'News for targets, by what became of it.', 'outcome'),
    publishSeconds: seconds('publish_duration_seconds', 'How long publishing took.', 'outcome'),
    bundles: counter('bundles_total', 'Bundles of requests that this process took, by what became of them.', 'outcome'),
    isPublisher: gauge('is_publisher', 'Whether this process publishes (1) or stands by (0).'),
    inbox: gauge('inbox_waiting', 'Answers of fetch workers that were found at the last look.'),
    roundAge: new Gauge({
      name: 'newsloom_round_age_seconds',
      help: 'How long the open round has been going on; 0: none is open.',
      registers,
      collect() {
        this.set(roundAge());
      },
    }),
    lastSuccess: gauge('last_success_timestamp_seconds', 'When the last run that published ended.'),
  };
}
