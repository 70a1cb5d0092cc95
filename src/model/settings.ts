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
  /** The site that it is a part of; missing: none. */
  readonly parent?: { readonly title: string; readonly url: string };
  /** BCP 47. */
  readonly language: string;
  /** IANA: in which pages tell times. */
  readonly timezone: string;
  readonly contact: string | null;
  /** Address template with `{url} {id} {slug} {title}`; null: no comments. */
  readonly comments: string | null;
  /** Text and data mining of what the section publishes; missing: nothing is said. */
  readonly reservation?: Reservation;
  /** Absolute path of the section's picture; missing: none. */
  readonly icon?: string;
}

export interface ImageSettings {
  /** Sizes that feeds do not tell are learned from the files. */
  readonly fetch: boolean;
  /** Pages show copies of our own. */
  readonly cache: boolean;
  /** Icons of publications are asked for. */
  readonly icons: boolean;
}

/** A bucket of an object store that speaks S3. */
export interface S3Settings {
  readonly bucket: string;
  /** Before the path of each object; empty, or ends in "/". */
  readonly prefix: string;
  /** Address of the object store, without "/" at its end. */
  readonly endpoint: string;
  readonly region: string;
  /** Whether the store knows `If-Match` and `If-None-Match` on writes. */
  readonly conditional: boolean;
}

export interface PublishSettings {
  /** Absolute path. */
  readonly dir: string;
  /** Published there instead of `dir`; missing: to the folder. */
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
  /** What is published for pages of other sites; missing: nothing but `fragments/latest.html`. */
  readonly embed?: readonly Embed[];
  /** Topics in the menu of pages; null: chosen by the news. */
  readonly menu: readonly string[] | null;
  /** Words of the editor's own for labels of pages. */
  readonly words: PageWords;
  /** Absolute path. */
  readonly templates: string | null;
}

/** A channel that the editor asks for (`channels`). */
export interface ChannelSettings {
  readonly id: string;
  /** Ids that it had, the oldest first. */
  readonly formerly?: readonly string[] | undefined;
  readonly title: string;
  readonly description: string | null;
  readonly where: Question;
}

export interface StoreSettings {
  /** A name from `store/backends.ts`. */
  readonly kind: string;
  /** Absolute path of the file; null: the backend has no file. */
  readonly path: string | null;
  readonly url: string | null;
  /** Of a database; missing: `newsloom`. */
  readonly schema?: string | undefined;
  /** Where stores of the other kinds would be: a store can be copied from one to the other. */
  readonly others?: readonly StoreSettings[] | undefined;
}

/** Requests at once: as many as machine and answers allow. */
export interface ConcurrencyRange {
  readonly least: number;
  readonly most: number;
}

export type Concurrency = number | ConcurrencyRange;

interface FetchSettings {
  /** Milliseconds, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly concurrency: Concurrency;
  readonly perHost: number;
  /** Milliseconds between two requests to one host. */
  readonly spacingMs: number;
  readonly allowPrivateAddresses: boolean;
  /** Of a command that asks an address which is no source yet; missing: none. */
  readonly proxy?: string;
}

interface WorkerSettings {
  readonly port: number;
  /** Where the port is reached from outside, ends in "/"; null: nowhere. */
  readonly publicUrl: string | null;
  /** Of several processes that share a store: `fetch` sends requests, `publish` does the rest; missing: `all`. */
  readonly role?: WorkerRole;
  /** Milliseconds that a fetch worker has for a bundle; missing: 90 s. */
  readonly leaseMs?: number;
}

export type WorkerRole = 'all' | 'fetch' | 'publish';

export interface Settings {
  /** Absolute path of the config file. */
  readonly configPath: string;
  /** Absolute paths of all config files, the main one first. */
  readonly configFiles: readonly string[];
  /** Digest of those files; null: they are read each time, since a value came from the environment. */
  readonly readFrom: string | null;
  /** Absolute path of the site's root. */
  readonly root: string;
  readonly site: SiteSettings;
  readonly sources: readonly Source[];
  /** Lists of sources (`kind: opml`), once what they name is among `sources`; missing: none, or it is not. */
  readonly lists?: readonly Source[];
  readonly topics: readonly Topic[];
  /** For the articles of all sources; missing: none. */
  readonly rules?: readonly Rule[];
  readonly desk: DeskSettings;
  readonly publish: PublishSettings;
  readonly images: ImageSettings;
  readonly store: StoreSettings;
  readonly fetch: FetchSettings;
  readonly duplicates: 'fold' | 'keep';
  readonly stories: { readonly prefer: readonly SourceId[] };
  /** Missing: none. */
  readonly channels?: readonly ChannelSettings[];
  /** BCP 47, each with a channel of its own; missing: none. */
  readonly languages?: readonly string[];
  /** Missing: none. */
  readonly digests?: readonly DigestSettings[];
  /** Credit line patterns with `{publication}`. */
  readonly credits: readonly string[];
  readonly retentionDays: number;
  readonly schedule: { readonly cron: string };
  readonly worker: WorkerSettings;
  readonly announce: readonly AnnounceTarget[];
  /** Missing: none. */
  readonly enrich?: readonly EnrichCommand[];
  /** Paths of keys in the config that have no effect yet. */
  readonly withoutEffect: readonly string[];
  /** Values from the environment that must not be printed, in every form. */
  readonly secrets: readonly string[];
  /** Variables that the environment lacks, where the settings were read to show something: no run takes them. Missing: none. */
  readonly unset?: readonly ConfigProblem[];
}
