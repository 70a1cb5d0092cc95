/** Pictures of articles and icons of publications in the store. */
import type { ArticleRef, KnownImage } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';

export interface StoredIcon {
  readonly source: SourceId;
  readonly due: Date;
  /** Digest of its bytes; null: no icon. */
  readonly digest: string | null;
  /** The requested address; null: the default one at its home page's host. */
  readonly named: string | null;
}

export interface PictureStore {
  /** Visible articles whose pictures are unchecked since their text changed, newest first. */
  duePictures(limit: number): Promise<readonly ArticleRef[]>;
  /** Records checked pictures, and marks the documents that show them if anything is new. */
  savePictures(found: readonly { readonly ref: ArticleRef; readonly known: readonly KnownImage[] }[]): Promise<void>;
  /** Makes all articles due again. */
  rescheduleAllPictures(): Promise<void>;
  /** Articles with copies, by source, except those that show no picture: hidden, withdrawn, or without one by the editor's choice. */
  articlesWithCopies(): Promise<
    readonly { readonly ref: ArticleRef; readonly source: SourceId; readonly known: readonly KnownImage[] }[]
  >;
  keepCopy(path: string, bytes: Uint8Array): Promise<void>;
  keptCopy(path: string): Promise<Uint8Array | null>;
  dropKeptCopies(): Promise<void>;
  /** Makes articles due again whose published copies are lost, and forgets the images of these copies. */
  forgetCopies(refs: readonly ArticleRef[], paths: ReadonlySet<string>): Promise<void>;
  icons(): Promise<readonly StoredIcon[]>;
  /** `png` null: no icon; `as before`: unchanged. `named` missing: requested at the default address. */
  saveIcon(source: SourceId, due: Date, png: Uint8Array | null | 'as before', named?: string): Promise<void>;
  iconBytes(source: SourceId): Promise<Uint8Array | null>;
}
