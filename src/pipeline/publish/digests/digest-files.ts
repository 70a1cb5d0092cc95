/** Digests as an edition part: feeds and a page per digest; a page, an HTML and a text mail, and data per issue. */
import { applyFit, entryWeight, fitHead } from '../../../compose/budget.js';
import { type ChannelMetadata, channelMetadata } from '../../../compose/channel-metadata.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { Channel, Entry } from '../../../model/channel.js';
import type { DigestSettings, DigestWords, Issue } from '../../../model/digest.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import { toSlug } from '../../../text/slug.js';
import type { IssueWriter } from '../../../write/digest/issue-writer.js';
import { writeFeed } from '../../../write/feed.js';
import { preferredFeedFormat } from '../../../write/formats.js';
import type { Writer } from '../../../write/writer.js';
import type { EditionPart, PartFile, PublishedDigest } from '../edition-parts.js';
import { metadataFingerprint } from '../edition-state.js';
import { type IssueRow, readDigestState, readIssue, readIssueRows } from './digest-notes.js';

export interface DigestFilesDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly writers: readonly Writer[];
  writer(): Promise<IssueWriter>;
}

const FEED_ISSUES = 10;

interface FoundDigest {
  readonly digest: DigestSettings;
  readonly metadata: ChannelMetadata;
  readonly revision: number;
  readonly updatedAt: Date;
}

interface DigestAndIssues extends FoundDigest {
  readonly rows: readonly IssueRow[];
}

/** Empty without digests. A digest is published from its first issue on. */
export async function createDigestParts(
  deps: DigestFilesDeps,
): Promise<{ readonly parts: readonly EditionPart[]; readonly digests: readonly PublishedDigest[] }> {
  const { store, settings } = deps;
  const found: FoundDigest[] = [];
  for (const digest of settings.digests ?? []) {
    const state = await readDigestState(store, digest.id);
    const metadata = channelMetadata(`digests/${digest.id}`, settings, new Map());
    if (state === null || state.issuedAt === null || metadata === null) continue;
    found.push({ digest, metadata, revision: state.revision, updatedAt: new Date(state.issuedAt) });
  }
  if (found.length === 0) return { parts: [], digests: [] };
  const fingerprint = contentDigest(JSON.stringify(found));
  const isDigestFile = (path: string) => path.startsWith('digests/');
  const files = () => listDigestFiles(found, deps);
  return {
    parts: [{ fingerprint, owns: isDigestFile, files }],
    digests: found.map(({ metadata, updatedAt }) => ({ metadata, updatedAt })),
  };
}

async function* listDigestFiles(found: readonly FoundDigest[], deps: DigestFilesDeps): AsyncIterable<PartFile> {
  for (const one of found) {
    const all = { ...one, rows: await readIssueRows(deps.store, one.digest.id) };
    yield* feedFiles(all, deps);
    if (deps.settings.publish.formats.includes('html')) yield await listPage(all, deps);
    for (const row of all.rows) yield* issueFiles(all, row, deps);
  }
}

function* feedFiles(all: DigestAndIssues, deps: DigestFilesDeps): Iterable<PartFile> {
  const { metadata, revision } = all;
  for (const { feed, document } of deps.writers) {
    const path = document(metadata.path, null);
    if (feed === null || path === null) continue;
    const inputs = `digest ${revision} ${metadataFingerprint(metadata)}`;
    yield { path, inputs, make: async () => writeFeed(feed, await digestChannel(all, deps)) };
  }
}

async function digestChannel(
  { digest, metadata, updatedAt, rows }: DigestAndIssues,
  deps: DigestFilesDeps,
): Promise<Channel> {
  const writer = await deps.writer();
  const entries: Entry[] = [];
  for (const { number } of rows.slice(-FEED_ISSUES).reverse()) {
    const issue = await readIssue(deps.store, digest.id, number);
    if (issue !== null) entries.push(issueEntry(issue, issue.content || writer.content(issue), { digest, deps }));
  }
  const shown = applyFit(entries, fitHead(entries.map(entryWeight), FEED_ISSUES, []));
  const archive = { number: null, previous: null, next: null };
  return { ...metadata, updatedAt, archive, tombstones: [], entries: shown };
}

function issueEntry(
  { number, closedAt, title, items }: Issue,
  contentHtml: string,
  { digest, deps }: { readonly digest: DigestSettings; readonly deps: DigestFilesDeps },
): Entry {
  const { site, publish } = deps.settings;
  const id = issueId(digest, number, deps.settings);
  const hasPages = publish.formats.includes('html');
  const format = preferredFeedFormat(publish.formats) ?? 'rss';
  const feedUrl = `${site.feedsUrl}digests/${digest.id}.${format}`;
  return {
    id,
    slug: toSlug(id),
    url: hasPages ? `${id}.html` : site.url,
    originalUrl: hasPages ? `${id}.html` : site.url,
    title,
    summary: items
      .slice(0, 3)
      .map((item) => item.title)
      .join(' · '),
    contentHtml,
    authors: [],
    language: site.language,
    publishedAt: closedAt,
    updatedAt: null,
    image: null,
    enclosures: [],
    topics: [],
    publication: { title: site.title, url: site.url, feedUrl },
    isOwn: true,
    via: null,
    credited: null,
    rights: null,
    commentsUrl: null,
    related: [],
  };
}

export function issueId({ id }: Pick<DigestSettings, 'id'>, number: number, { site }: EditionSettings): string {
  return `${site.feedsUrl}digests/${id}/${number}`;
}

async function listPage(
  { digest, metadata, revision, rows }: DigestAndIssues,
  deps: DigestFilesDeps,
): Promise<PartFile> {
  const writer = await deps.writer();
  const inputs = `digest ${revision} ${metadataFingerprint(metadata)} ${writer.fingerprint}`;
  const make = async () => writer.list(toDigestWords(digest), [...rows].reverse());
  return { path: `${metadata.path}.html`, inputs, make };
}

/** Closed issues are rewritten only when they change or their files are damaged, not when pages change. */
function* issueFiles({ digest }: DigestAndIssues, row: IssueRow, deps: DigestFilesDeps): Iterable<PartFile> {
  const words = toDigestWords(digest);
  const inputs = issueInputs(row);
  const createMaker = (write: (issue: Issue, writer: IssueWriter) => string) => async () => {
    const issue = await readIssue(deps.store, digest.id, row.number);
    return issue === null ? null : write(issue, await deps.writer());
  };
  const folder = `${words.path}/`;
  if (deps.settings.publish.formats.includes('html'))
    yield {
      path: `${folder}${row.number}.html`,
      inputs,
      make: createMaker((issue, writer) => writer.page(words, issue)),
    };
  const mail = `${folder}mail/${row.number}`;
  yield { path: `${mail}.htm`, inputs, make: createMaker((issue, writer) => writer.mail(words, issue)) };
  yield { path: `${mail}.txt`, inputs, make: createMaker((issue, writer) => writer.text(words, issue)) };
  yield { path: `${folder}${row.number}.json`, inputs, make: () => issueData(digest, row, deps) };
}

async function issueData(
  { id }: DigestSettings,
  { number }: IssueRow,
  { store }: DigestFilesDeps,
): Promise<string | null> {
  const issue = await readIssue(store, id, number);
  if (issue === null) return null;
  const { content: _, ...note } = issue;
  return `${JSON.stringify(note, null, 1)}\n`;
}

export function issueInputs({ digest }: Pick<IssueRow, 'digest'>): string {
  return `issue ${digest}`;
}

function toDigestWords({ id, title }: DigestSettings): DigestWords {
  return { path: `digests/${id}`, title };
}
