/** Measures and re-encodes untrusted picture files. */

/** In pixels, orientation applied. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface EncodedCopy extends PictureSize {
  /** WebP, without metadata. */
  readonly bytes: Uint8Array;
}

export interface CopiedPicture {
  readonly size: PictureSize;
  /** Narrowest first. */
  readonly copies: readonly EncodedCopy[];
}

export interface PictureTools {
  /** Accepts JPEG, PNG, GIF, WebP or AVIF, truncated too; null: another format, or these bytes do not contain the size. */
  readSize(bytes: Uint8Array): PictureSize | null;
  /** Smaller copies; null: not a picture, damaged, or too large. Rejects if this installation cannot encode pictures. */
  encodeCopies(bytes: Uint8Array): Promise<CopiedPicture | null>;
  /** A square icon of 16 to 64 pixels, as PNG without metadata; null: not convertible. */
  encodeIcon(bytes: Uint8Array): Promise<Uint8Array | null>;
}
