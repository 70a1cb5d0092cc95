/** Lists the files of an edition: heads, archive documents and others. */
import { createHash } from 'node:crypto';
import { MANIFEST } from '../../compose/manifest.js';
import type { ChannelPath } from '../../model/channel.js';
import type { OutputFile } from '../../model/edition.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import { readFormat } from '../../write/formats.js';
import type { Writer } from '../../write/writer.js';
import type { EditionPart } from './edition-parts.js';

export const IMAGES = 'posts/';

export interface EditionMakers {
  readonly writers: readonly Writer[];
  readonly health: readonly OutputFile[];
  readonly parts: readonly Pick<EditionPart, 'fingerprint' | 'owns' | 'archived'>[];
}

export interface DocumentPlace {
  readonly channel: ChannelPath;
  /** null: the head. */
  readonly number: number | null;
}

export function listExpectedDocuments(
  writers: readonly Writer[],
  channels: Iterable<ChannelPath>,
  lastArchive: (channel: ChannelPath) => number,
  formerOf: (channel: ChannelPath) => readonly ChannelPath[],
): Map<string, DocumentPlace> {
  const expected = new Map<string, DocumentPlace>();
  for (const channel of channels) {
    for (let n = lastArchive(channel); n >= 0; n--) {
      const number = n === 0 ? null : n;
      for (const writer of writers) {
        const path = writer.document(channel, number);
        if (path !== null) expected.set(path, { channel, number });
        if (number === null)
          for (const former of listFormerHeads(writer, formerOf(channel))) expected.set(former, { channel, number });
      }
    }
  }
  return expected;
}

export function listFormerHeads(writer: Writer, former: readonly ChannelPath[]): string[] {
  return former.flatMap((channel) => writer.document(channel, null) ?? []);
}

export function countArchiveFiles(
  { writers, parts }: EditionMakers,
  channels: Iterable<ChannelPath>,
  lastArchive: (channel: ChannelPath) => number,
): number {
  let count = 0;
  for (const channel of channels) {
    const last = lastArchive(channel);
    count += last * writers.filter((writer) => writer.document(channel, 1) !== null).length;
    for (const part of parts) count += part.archived?.(channel, last) ?? 0;
  }
  return count;
}

export function hasCurrentFiles(
  current: ReadonlyMap<string, PublishedFile>,
  channels: Iterable<ChannelPath>,
  makers: EditionMakers,
  formerOf: (channel: ChannelPath) => readonly ChannelPath[],
): boolean {
  const heads = listExpectedDocuments(makers.writers, channels, () => 0, formerOf);
  return (
    current.has(MANIFEST) &&
    [...heads.keys()].every((path) => current.has(path)) &&
    makers.health.every(({ path }) => current.has(path)) &&
    [...current.keys()].every((path) => isEditionFile(path, heads, makers))
  );
}

/** Lists belong to every edition, but a missing list does not cause one. */
function isEditionFile(
  path: string,
  heads: ReadonlyMap<string, DocumentPlace>,
  { health, parts }: EditionMakers,
): boolean {
  return (
    heads.has(path) ||
    path === MANIFEST ||
    readFormat(path)?.kind === 'list' ||
    isHealth(path, health) ||
    parts.some((part) => part.owns(path))
  );
}

/** Health files (`status.*`) change independently of news. */
export function isHealth(path: string, health: readonly OutputFile[]): boolean {
  return health.some((file) => file.path === path);
}

/** Fingerprint that identifies an unchanged file without reading it. */
export function healthInputs({ bytes }: OutputFile): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}
