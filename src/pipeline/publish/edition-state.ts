/** Stored settings of the last edition, used to detect changed settings without reading articles. */
import { createHash } from 'node:crypto';
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import { mapFormerPaths } from '../../compose/former-paths.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ChannelPath } from '../../model/channel.js';
import type { PageMemory } from '../../model/page.js';
import type { Licence, Source, SourceId, WithdrawnPolicy } from '../../model/source.js';
import type { EditionStore } from '../../ports/store/editions.js';
import { GENERATOR } from '../../write/generator.js';

export const EDITION = 'edition';

export interface EditionState {
  readonly settings: string;
  readonly siteUrl: string;
  readonly feedsUrl: string;
  /** By source. Includes removed sources with texts that must not be shown. */
  readonly rights: Readonly<Record<string, readonly [Licence, WithdrawnPolicy]>>;
  readonly topics: Readonly<Record<string, string>>;
  readonly sources: string;
  readonly parts?: string;
  /** State that pages keep; missing: no pages. */
  readonly pages?: PageMemory;
  readonly channels: Readonly<Record<ChannelPath, ChannelState>>;
}

export interface ChannelState {
  readonly metadata: string;
  readonly entries: number;
}

export function createEditionState(
  settings: EditionSettings,
  sources: unknown,
  channels: Readonly<Record<ChannelPath, ChannelState>>,
): EditionState {
  const { site, publish } = settings;
  const rights = sorted([
    ...settings.sources.map(({ id, content, withdrawn }) => [id, [content, withdrawn] as const] as const),
    ...[...(settings.formerSources ?? [])].map(([id, withdrawn]) => [id, ['none', withdrawn] as const] as const),
  ]);
  const topics = sorted(settings.topics.map(({ id, label, iptc }) => [id, fingerprint([label, iptc])]));
  return {
    settings: fingerprint([
      GENERATOR.version,
      ...listShownSettings(site, publish),
      rights,
      topics,
      ...listFormerNames(settings),
      ...listReservations(settings),
    ]),
    siteUrl: site.url,
    feedsUrl: site.feedsUrl,
    rights,
    topics,
    sources: fingerprint(sources),
    channels,
  };
}

export function metadataFingerprint(metadata: ChannelMetadata): string {
  return fingerprint(metadata);
}

function listShownSettings(site: EditionSettings['site'], publish: EditionSettings['publish']): unknown[] {
  const { title, url, feedsUrl, description, language, comments } = site;
  const { formats, items, archive, link, hub } = publish;
  return [title, url, feedsUrl, description, language, comments, formats, items, archive, link, hub];
}

function listReservations({ site, sources }: EditionSettings): unknown[] {
  const reserved = sources.flatMap(({ id, reservation }) => (reservation === undefined ? [] : [[id, reservation]]));
  return site.reservation === undefined && reserved.length === 0 ? [] : [[site.reservation ?? null, reserved.sort()]];
}

function listFormerNames(settings: EditionSettings): unknown[] {
  const present = [...mapFormerPaths(settings)].sort(([a], [b]) => (a < b ? -1 : 1));
  return present.length === 0 ? [] : [present];
}

export function findFormerSources(
  before: EditionState | null,
  sources: readonly Pick<Source, 'id'>[],
): ReadonlyMap<SourceId, WithdrawnPolicy> {
  const known = new Set<string>(sources.map(({ id }) => id));
  const rights = Object.entries(before?.rights ?? {});
  return new Map(
    rights.flatMap(([id, [licence, policy]]) => (licence !== 'none' || known.has(id) ? [] : [[id, policy]])),
  );
}

/** null: nothing is published yet. */
export async function readEditionState(store: Pick<EditionStore, 'readJson'>): Promise<EditionState | null> {
  return await store.readJson<EditionState>(EDITION);
}

const LICENCES: readonly Licence[] = ['none', 'summary', 'full'];
const POLICIES: readonly WithdrawnPolicy[] = ['remove', 'mark', 'keep'];

/** Whether permission narrowed for any source: then full archive documents are rendered too. */
export function isNarrowed(before: EditionState, now: EditionState): boolean {
  return Object.entries(before.rights).some(([id, [licence, policy]]) => {
    // A removed source permits summaries only.
    const [licenceNow, policyNow] = now.rights[id] ?? (['summary', policy] as const);
    return (
      LICENCES.indexOf(licenceNow) < LICENCES.indexOf(licence) || POLICIES.indexOf(policyNow) < POLICIES.indexOf(policy)
    );
  });
}

function sorted<T>(pairs: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}
