/** Reviews a change of a section's config by applying it to a copy of the articles. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { topicLabel } from '../../compose/label.js';
import { ConfigError, type ConfigProblem, PublishError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { RunOptions } from '../../pipeline/run-context.js';
import type { EditionChange } from '../../pipeline/run-observer.js';
import { openSite } from '../open-site.js';
import { openReviewArticles, type ReviewArticles } from './articles-at-hand.js';
import { type BaseFolder, openBase } from './base-folder.js';
import { type NamedChannel, type ReviewedChannel, reviewChannels } from './changed-channels.js';
import { type ChangedRights, type ReviewedEdition, reviewEdition, reviewRights } from './changed-edition.js';
import { findDroppingRules, type ReviewedRule } from './changed-rules.js';
import { type ChangedSetting, compareSettings } from './changed-settings.js';
import { describeSources, type ReviewedSource, reviewSourceChanges, type SourceChange } from './changed-sources.js';
import { restrictSettings } from './harmless-settings.js';
import { compareScripts } from './local-files.js';
import { readStoreSnapshot, type StoreSnapshot } from './store-snapshot.js';
import { readUntrusted } from './untrusted-config.js';

/** What a change of the config does. Public API as `review --json`: add, never rename. */
export interface Review {
  readonly ok: boolean;
  readonly base: string;
  /** Why the base is unreadable, so that everything counts as new; null: readable. */
  readonly baseProblem: string | null;
  /** All problems of the config. If there are any, the remaining fields are empty. */
  readonly problems: readonly ConfigProblem[];
  readonly withoutEffect: readonly string[];
  readonly unread: readonly string[];
  readonly articles: {
    /** Origin of the articles: the store, the published edition, or none. */
    readonly from: ReviewArticles['from'];
    readonly before: number;
    readonly after: number;
  };
  readonly sources: {
    readonly added: readonly ReviewedSource[];
    readonly gone: readonly { readonly id: SourceId; readonly title: string; readonly articles: number }[];
    readonly changed: readonly ChangedRights[];
  };
  /** Published files; null: the base is unreadable. */
  readonly edition: ReviewedEdition | null;
  /** Every changed setting; empty: the base is unreadable. */
  readonly settings: readonly ChangedSetting[];
  readonly channels: readonly ReviewedChannel[];
  readonly rules: { readonly drops: readonly ReviewedRule[]; readonly shownAgain: number };
  /** Why a build would refuse to publish this; null: it would publish. */
  readonly refused: string | null;
  readonly pages: string | null;
}

export interface ReviewOptions {
  /** A folder with the current section, or a commit of its git repository. */
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of variables without secrets. */
  readonly readable: readonly string[];
  readonly allowPrivateAddresses: boolean;
  /** An empty or missing folder for pages; null: none. */
  readonly pages: string | null;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Writes only the requested pages; store and published edition stay unchanged. The change is untrusted: its commands and templates do not
 * run, and files outside its folder and variables that are not `readable` are not read. Resolves with `{ problem }` if `base` is neither a
 * folder nor a commit. Rejects with StoreError if the articles cannot be read.
 */
export async function reviewSite(
  configPath: string,
  options: ReviewOptions,
): Promise<Review | { readonly problem: string }> {
  if (!existsSync(configPath))
    return {
      ...createEmptyReview(options.base),
      ok: false,
      problems: (await readUntrusted(configPath, options)).problems,
    };
  // First, because it checks whether the section's folder leads out of the repository.
  const base = await openBase(options.base, configPath, options.signal);
  if ('problem' in base) return base;
  return await reviewWithBase(base, configPath, options).finally(() => base.remove());
}

async function reviewWithBase(base: BaseFolder, configPath: string, options: ReviewOptions): Promise<Review> {
  const read = await readUntrusted(configPath, options);
  const begun = { ...createEmptyReview(options.base), unread: read.unread };
  if (read.settings === null) return { ...begun, ok: false, problems: read.problems };
  return await reviewSettings(read.settings, base, begun, options).catch((error) => reportConfigError(begun, error));
}

function createEmptyReview(base: string): Review {
  return {
    ok: true,
    base,
    baseProblem: null,
    problems: [],
    withoutEffect: [],
    unread: [],
    articles: { from: 'none', before: 0, after: 0 },
    sources: { added: [], gone: [], changed: [] },
    edition: null,
    settings: [],
    channels: [],
    rules: { drops: [], shownAgain: 0 },
    refused: null,
    pages: null,
  };
}

/** Reports problems of files that only a run reads. */
function reportConfigError(begun: Review, error: unknown): Review {
  if (error instanceof ConfigError) return { ...begun, ok: false, problems: error.problems };
  throw error;
}

async function reviewSettings(
  head: Settings,
  base: BaseFolder,
  begun: Review,
  options: ReviewOptions,
): Promise<Review> {
  const { settings: trusted, problem } = await readTrustedSettings(base, options);
  const atHand = await openReviewArticles(trusted, base, options.signal);
  try {
    const site = { store: atHand.store, publishDir: atHand.publishDir, trusted, ...options };
    const played = trusted === null ? null : await playBase(restrictSettings(trusted, site), options);
    const before = played?.articles ?? NO_ARTICLES;
    const followed = restrictSettings(head, site);
    const change = await reviewSourceChanges(trusted, followed);
    const sources = followed.sources.filter(({ id }) => !change.unreadable.has(id));
    const settings = { ...followed, sources };
    const { refused, edition } = await playChange(settings, change, options);
    const after = await readStoreSnapshot(atHand.store, settings.sources);
    const changedSettings =
      trusted === null ? [] : [...(await compareScripts(trusted, head)), ...compareSettings(trusted, head)];
    const ids = new Set(change.requested.map(({ id }) => id));
    return {
      ...begun,
      baseProblem: problem,
      withoutEffect: head.withoutEffect,
      articles: { from: atHand.from, before: before.articles, after: after.articles },
      sources: {
        ...(await describeSources(change, { before, after, store: atHand.store })),
        changed: reviewRights(trusted?.sources ?? [], head.sources),
      },
      edition:
        trusted === null
          ? null
          : reviewEdition(
              trusted,
              head,
              changedSettings,
              atHand.from === 'none' ? null : { before: played!.edition, after: edition, dir: atHand.publishDir },
            ),
      settings: changedSettings,
      channels: await reviewChannels(
        { was: trusted === null ? [] : listNamedChannels(trusted), is: listNamedChannels(settings) },
        { before, after, store: atHand.store, newSources: ids },
      ),
      rules: await findDroppingRules(settings, { before, after, store: atHand.store }),
      refused,
      pages: await writePages(settings, options),
    };
  } finally {
    await atHand.remove();
  }
}

const NO_ARTICLES: StoreSnapshot = { articles: 0, members: new Map(), dropped: new Set(), bySource: new Map() };

/** A problem of the base is not a problem of the change. */
async function readTrustedSettings(
  { configPath }: BaseFolder,
  options: ReviewOptions,
): Promise<{ readonly settings: Settings | null; readonly problem: string | null }> {
  const { settings, problems } = await readUntrusted(configPath, options);
  if (settings !== null) return { settings, problem: null };
  return { settings: null, problem: problems.map(({ message }) => message).join('; ') };
}

type Play = Pick<RunOptions, 'offline' | 'dryRun' | 'only' | 'forcePublish'>;
const OFFLINE: Play = { offline: true, dryRun: true, only: null, forcePublish: true };

async function playBase(
  settings: Settings,
  options: ReviewOptions,
): Promise<{ readonly articles: StoreSnapshot; readonly edition: EditionChange }> {
  const edition = (await play(settings, OFFLINE, options)) ?? AS_PUBLISHED;
  return { articles: await readStoreSnapshot(settings.store, settings.sources), edition };
}

async function playChange(
  settings: Settings,
  { requested: asked }: SourceChange,
  options: ReviewOptions,
): Promise<{ readonly refused: string | null; readonly edition: EditionChange }> {
  const only = new Set(asked.map(({ id }) => id));
  const checked = { dryRun: true, forcePublish: false };
  const offline = async (forcePublish: boolean) =>
    (await play(settings, { ...OFFLINE, forcePublish }, options)) ?? AS_PUBLISHED;
  try {
    const read = only.size === 0 ? null : await play(settings, { ...checked, offline: false, only }, options);
    return { refused: null, edition: read ?? (await offline(false)) };
  } catch (error) {
    if (!(error instanceof PublishError && error.code === 'PUBLISH_REFUSED')) throw error;
    return { refused: error.message, edition: await offline(true) };
  }
}

const AS_PUBLISHED: EditionChange = { staged: new Map(), removed: [] };

async function writePages(settings: Settings, options: ReviewOptions): Promise<string | null> {
  const { pages } = options;
  if (pages === null || !settings.publish.formats.includes('html')) return null;
  await mkdir(pages, { recursive: true });
  await play({ ...settings, publish: { ...settings.publish, dir: pages } }, { ...OFFLINE, dryRun: false }, options);
  return pages;
}

/** Runs on the copy of the store: offline, without a commit, or into a separate folder. null: no source could be read. */
async function play(settings: Settings, how: Play, { now, signal }: ReviewOptions): Promise<EditionChange | null> {
  let edition: EditionChange | null = null;
  const observer = {
    start: () => {},
    done: () => {},
    published: (_: unknown, change: EditionChange) => {
      edition = change;
    },
  };
  const site = await openSite(settings, { restore: 'never', signal, observer });
  const options = { ...how, now, force: true, pictures: 'ready-made' as const, signal, observer };
  await site.run(settings, options).finally(() => site.close());
  return edition;
}

function listNamedChannels({ topics, channels = [], languages = [], site }: Settings): NamedChannel[] {
  return [
    { path: 'all', label: site.title, formerly: [] },
    ...topics.map((topic) => ({
      path: `topics/${topic.id}`,
      label: topicLabel(topic, site.language),
      formerly: (topic.formerly ?? []).map((id) => `topics/${id}`),
    })),
    ...channels.map(({ id, title, formerly = [] }) => ({
      path: `channels/${id}`,
      label: title,
      formerly: formerly.map((one) => `channels/${one}`),
    })),
    ...languages.map((tag) => ({ path: `language/${tag}`, label: tag, formerly: [] })),
  ];
}
