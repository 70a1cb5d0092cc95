/** Fingerprints of a page's inputs. The store keeps them to find stale pages without reading articles. */
import { createHash } from 'node:crypto';
import type { ArticleRef } from '../../model/article.js';
import type { PublishedFile } from '../../ports/store/editions.js';

export interface PageFingerprints {
  readonly path: string;
  readonly inputs: string;
  readonly ref: ArticleRef;
  readonly own: string;
  readonly links: readonly ArticleRef[];
}

export interface PageInputs {
  /** Fingerprint of what all pages share. */
  readonly frame: string;
  readonly ref: ArticleRef;
  readonly own: string;
  readonly more: readonly ArticleRef[];
  readonly alike: readonly ArticleRef[];
  readonly named: string;
}

export function joinArticleInputs({ frame, ref, own, more, alike, named }: PageInputs): string {
  return ['article', frame, ref, own, named, more.join(','), alike.join(',')].join(' ');
}

/** Inputs of the page that replaces a removed article. */
export function joinRemovalInputs(frame: string): string {
  return `gone ${frame}`;
}

export function listRemovalPages(files: Iterable<PublishedFile>): string[] {
  return [...files].flatMap(({ path, inputs }) => (inputs?.startsWith('gone ') ? [path] : []));
}

/** By ref. Omits unreadable records: their pages are written again. */
export function readPageFingerprints(files: Iterable<PublishedFile>): Map<ArticleRef, PageFingerprints> {
  const records = new Map<ArticleRef, PageFingerprints>();
  for (const { path, inputs } of files) {
    const [kind, , ref, own, , more, alike] = inputs?.split(' ') ?? [];
    if (kind !== 'article' || alike === undefined) continue;
    records.set(Number(ref), {
      path,
      inputs: inputs!,
      ref: Number(ref),
      own: own!,
      links: `${more},${alike}`.split(',').flatMap((ref) => (ref === '' ? [] : Number(ref))),
    });
  }
  return records;
}

/** `about`: what the page shows apart from its entries. */
export function joinListInputs(frame: string, about: unknown, entries: unknown): string {
  return `list ${frame} ${shortHash(about)} ${shortHash(entries)}`;
}

/** Whether a list built from these inputs differs at most in its entries. */
export function isSameList(inputs: string | null | undefined, frame: string, about: unknown): boolean {
  return inputs?.startsWith(`list ${frame} ${shortHash(about)} `) ?? false;
}

/** null: not a list. */
export function readListFrame(inputs: string | null | undefined): string | null {
  const [kind, frame] = inputs?.split(' ') ?? [];
  return kind === 'list' ? (frame ?? null) : null;
}

export function shortHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);
}
