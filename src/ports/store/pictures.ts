/** Pictures of articles and icons of publications in the store. */
import type { ArticleRef, KnownImage } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';

/** What is known of the icon of a publication. */
export interface StoredIcon {
  readonly source: SourceId;
  /** When to ask again. */
  readonly due: Date;
  /** Of its bytes; null: it has none. */
  readonly digest: string | null;
  /** The address at which it was asked for; null: at its home. */
  readonly named: string | null;
}

export interface PictureStore {
  /** Visible articles whose pictures were not looked at since their text changed, newest first. */
  picturesDue(limit: number): Promise<readonly ArticleRef[]>;
  /** The pictures of these articles were looked at. Marks the documents that show them, where something became known. */
  savePictures(found: readonly { readonly ref: ArticleRef; readonly known: readonly KnownImage[] }[]): Promise<void>;
  /** All articles are due again. */
  lookAtPicturesAgain(): Promise<void>;
  /** The articles that have copies, by source; not those that show no picture: hidden, withdrawn, or without one by the editor's will. */
  articlesWithCopies(): Promise<
    readonly { readonly ref: ArticleRef; readonly source: SourceId; readonly known: readonly KnownImage[] }[]
  >;
  /** Keeps the bytes of a copy until they are published. */
  keepCopy(path: string, bytes: Uint8Array): Promise<void>;
  keptCopy(path: string): Promise<Uint8Array | null>;
  /** After publishing. */
  dropKeptCopies(): Promise<void>;
  /** Published copies of these articles are lost: the articles are due again, and the images of these copies unknown. */
  forgetCopies(refs: readonly ArticleRef[], paths: ReadonlySet<string>): Promise<void>;
  /** By source. */
  icons(): Promise<readonly StoredIcon[]>;
  /** `png`: null: it has none; `as before`: what was known of it stays. `named`: missing: it was asked for at its home. */
  saveIcon(source: SourceId, due: Date, png: Uint8Array | null | 'as before', named?: string): Promise<void>;
  iconBytes(source: SourceId): Promise<Uint8Array | null>;
}
