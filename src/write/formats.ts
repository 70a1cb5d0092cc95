/** The list of formats that we write. A new format is a folder and a line here. */
import type { Channel } from '../model/channel.js';
import type { Edition, OutputFile } from '../model/edition.js';

export interface Writer {
  readonly format: string;
  /** The files of one channel: its head, or one of its archive documents. */
  channel(channel: Channel): Iterable<OutputFile>;
  /** The files that stand once in an edition (lists, indexes). */
  edition(edition: Edition): Iterable<OutputFile>;
}

export const formats: readonly { readonly name: string; load(): Promise<Writer> }[] = [];
