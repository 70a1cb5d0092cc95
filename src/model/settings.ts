/** The whole configuration, checked and complete: what the editor wrote plus every default. Only `app.ts` sees all of it. */
import type { Source, SourceId } from './source.js';
import type { Topic } from './topic.js';

export interface SiteSettings {
  readonly title: string;
  /** The section's home page; ends in "/". */
  readonly url: string;
  /** Where `publish.dir` is served; ends in "/". */
  readonly feedsUrl: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  readonly contact: string | null;
  /** `{url} {id} {slug} {title}` are filled in; null: no comments. */
  readonly comments: string | null;
}

export interface PublishSettings {
  /** Absolute path. */
  readonly dir: string;
  /** Names from `write/formats.ts`. */
  readonly formats: readonly string[];
  readonly items: number;
  readonly perSource: boolean;
  readonly stories: boolean;
  readonly archive: boolean;
  readonly link: 'source' | 'section';
  readonly hub: string | null;
  readonly failures: boolean;
  /** Absolute path. */
  readonly templates: string | null;
}

export interface StoreSettings {
  /** A name from `store/backends.ts`. */
  readonly kind: string;
  /** Absolute path of the file, where the backend is one. */
  readonly path: string | null;
  readonly url: string | null;
}

interface FetchSettings {
  /** Milliseconds, all hops. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly concurrency: number;
  readonly perHost: number;
  /** Milliseconds between two requests to one host. */
  readonly spacingMs: number;
  readonly allowPrivateAddresses: boolean;
}

export interface Settings {
  /** Absolute path of the config file. */
  readonly configPath: string;
  /** Absolute paths of all files that the config was read from, that one first. */
  readonly configFiles: readonly string[];
  /** Digest of those files; null where a value came from the environment. */
  readonly readFrom: string | null;
  /** Absolute path of the site's root. */
  readonly root: string;
  readonly site: SiteSettings;
  readonly sources: readonly Source[];
  readonly topics: readonly Topic[];
  readonly publish: PublishSettings;
  readonly store: StoreSettings;
  readonly fetch: FetchSettings;
  readonly duplicates: 'fold' | 'keep';
  readonly stories: { readonly prefer: readonly SourceId[] };
  /** Credit line patterns with `{publication}`. */
  readonly credits: readonly string[];
  readonly retentionDays: number;
  readonly schedule: { readonly cron: string };
  readonly worker: { readonly port: number };
  /** Keys that stand in the config and do nothing yet, as `path`. */
  readonly withoutEffect: readonly string[];
}
