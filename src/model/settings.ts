/** The validated configuration with all defaults. Only `app.ts` and `app/` see all of it. */

import type { AnnounceTarget } from './announcing.js';
import type { DeskSettings } from './desk.js';
import type { DigestSettings } from './digest.js';
import type { Embed } from './embeds.js';
import type { ConfigProblem } from './errors.js';
import type { EnrichCommand } from './machine.js';
import type { PageWords } from './page.js';
import type { Question } from './question.js';
import type { Reservation } from './reservation.js';
import type { Rule } from './rule.js';
import type { Source, SourceId } from './source.js';
import type { Topic } from './topic.js';

export interface SiteSettings {
  readonly title: string;
  /** Home page of the site; ends in "/". */
  readonly url: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
  readonly description: string;
  /** The site that contains the section; missing: none. */
  readonly parent?: { readonly title: string; readonly url: string };
  /** BCP 47. */
  readonly language: string;
  /** IANA time zone of the pages. */
  readonly timezone: string;
  readonly contact: string | null;
  /** Address template with `{url} {id} {slug} {title}`; null: no comments. */
  readonly comments: string | null;
  /** Reservation of text and data mining for the published section; missing: none. */
  readonly reservation?: Reservation;
  /** Absolute path of the section's picture; missing: none. */
  readonly icon?: string;
  /** Absolute paths of the logo on pages; missing: none. */
  readonly logo?: { readonly light: string; readonly dark?: string | undefined };
}

export interface ImageSettings {
  /** Whether to read the sizes of images from their files. */
  readonly fetch: boolean;
  /** Whether pages show our copies of pictures. */
  readonly cache: boolean;
  /** Whether to fetch icons of publications. */
  readonly icons: boolean;
}

/** A bucket of an S3-compatible object store. */
export interface S3Settings {
  readonly bucket: string;
  /** Prefix of each object's path; empty, or ends in "/". */
  readonly prefix: string;
  /** Address of the object store, without a trailing "/". */
  readonly endpoint: string;
  readonly region: string;
  /** Whether the store supports `If-Match` and `If-None-Match` on writes. */
  readonly conditional: boolean;
}

export interface PublishSettings {
  readonly dir: string;
  /** Published there in place of `dir`; missing: published to `dir`. */
  readonly s3?: S3Settings;
  /** Names from `write/formats.ts`. */
  readonly formats: readonly string[];
  readonly items: number;
  readonly perSource: boolean;
  readonly stories: boolean;
  readonly archive: boolean;
  readonly link: 'source' | 'section';
  readonly hub: string | null;
  readonly failures: boolean;
  /** Parts for other sites to embed; missing: only `fragments/latest.html`. */
  readonly embed?: readonly Embed[];
  readonly search?: boolean;
  readonly script?: boolean;
  /** Topics in the menu of pages; null: chosen from recent news. */
  readonly menu: readonly string[] | null;
  readonly words: PageWords;
  /** Absolute path. */
  readonly templates: string | null;
}

export interface ChannelSettings {
  readonly id: string;
  /** Previous ids, oldest first. */
  readonly formerly?: readonly string[] | undefined;
  readonly title: string;
  readonly description: string | null;
  readonly where: Question;
}

export interface StoreSettings {
  /** A name from `store/backends.ts`. */
  readonly kind: string;
  /** Absolute path of the file; null: the backend does not use a file. */
  readonly path: string | null;
  readonly url: string | null;
  /** Schema of the database; missing: `newsloom`. */
  readonly schema?: string | undefined;
  /** Configurations for the other backends, so that a store can be copied. */
  readonly others?: readonly StoreSettings[] | undefined;
}

interface FetchSettings {
  /** Milliseconds, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly concurrency: number;
  readonly perHost: number;
  /** Milliseconds between two requests to one host. */
  readonly spacingMs: number;
  /** Absolute path of a file that sites on this machine share; missing: none. */
  readonly shared?: string;
  readonly allowPrivateAddresses: boolean;
  /** For commands that request an address that is not a source yet; missing: none. */
  readonly proxy?: string;
}

interface WorkerSettings {
  readonly port: number;
  /** Public address of the port, ends in "/"; null: none. */
  readonly publicUrl: string | null;
  /** For processes that share a store: `fetch` sends requests, `publish` does the rest; missing: `all`. */
  readonly role?: WorkerRole;
  /** Milliseconds that a fetch worker has for a bundle; missing: 90 s. */
  readonly leaseMs?: number;
  /** URL of a monitor to report runs to; missing: none. */
  readonly ping?: string | undefined;
}

export type WorkerRole = 'all' | 'fetch' | 'publish';

export interface Settings {
  readonly configPath: string;
  /** Absolute paths of all config files, the main one first. */
  readonly configFiles: readonly string[];
  /** Digest of those files; null: read them each time, because a value came from the environment. */
  readonly readFrom: string | null;
  readonly root: string;
  readonly site: SiteSettings;
  readonly sources: readonly Source[];
  /** Lists of sources (`kind: opml`), after their entries were added to `sources`; missing: none, or not yet. */
  readonly lists?: readonly Source[];
  readonly topics: readonly Topic[];
  /** Rules for all sources; missing: none. */
  readonly rules?: readonly Rule[];
  readonly desk: DeskSettings;
  readonly publish: PublishSettings;
  readonly images: ImageSettings;
  readonly store: StoreSettings;
  readonly fetch: FetchSettings;
  readonly duplicates: 'fold' | 'keep';
  readonly stories: { readonly prefer: readonly SourceId[] };
  readonly channels?: readonly ChannelSettings[];
  /** BCP 47, each with its own channel; missing: none. */
  readonly languages?: readonly string[];
  readonly digests?: readonly DigestSettings[];
  /** Credit line patterns with `{publication}`. */
  readonly credits: readonly string[];
  readonly retentionDays: number;
  readonly schedule: { readonly cron: string };
  readonly worker: WorkerSettings;
  readonly announce: readonly AnnounceTarget[];
  readonly enrich?: readonly EnrichCommand[];
  /** Paths of config keys that have no effect yet. */
  readonly withoutEffect: readonly string[];
  /** Values from the environment that must not be printed, in every encoding. */
  readonly secrets: readonly string[];
  /** Missing environment variables. Runs require all, but commands that only show settings do not. Missing: none. */
  readonly unset?: readonly ConfigProblem[];
}
