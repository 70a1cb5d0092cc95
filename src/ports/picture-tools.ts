/** What can be done with the files of pictures: strangers' bytes, whatever they are. */

/** Pixels, as a browser shows it. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface EncodedCopy extends PictureSize {
  /** WebP, without metadata. */
  readonly bytes: Uint8Array;
}

/** The narrowest first. */
export interface CopiedPicture {
  readonly size: PictureSize;
  readonly copies: readonly EncodedCopy[];
}

export interface PictureTools {
  /** Of a JPEG, PNG, GIF, WebP or AVIF; null: it is none, or its size does not stand in these bytes. Its beginning is enough. */
  sizeOf(bytes: Uint8Array): PictureSize | null;
  /** Smaller copies; null: it is no picture, damaged, or too large to be read. Rejects where this program cannot make copies. */
  copiesOf(bytes: Uint8Array): Promise<CopiedPicture | null>;
  /** A square icon of 16 to 64 pixels, as PNG without metadata; null: it is none, and none can be made of it. */
  iconOf(bytes: Uint8Array): Promise<Uint8Array | null>;
}
