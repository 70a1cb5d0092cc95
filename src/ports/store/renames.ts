/** Renaming in the store what the editor calls otherwise now. */
import type { ChannelPath } from '../../model/channel.js';
import type { SourceId } from '../../model/source.js';

export interface RenameStore {
  /** In the tags of all articles, pruned ones too; its channel keeps its articles, archive places and date. */
  renameTopic(from: string, to: string): Promise<void>;
  /** It keeps its articles, archive places and date; one that is there already under the new path stays, and what the old one holds is unplaced. */
  renameChannel(from: ChannelPath, to: ChannelPath): Promise<void>;
  /** Its articles, state and channel; its last document counts as not read yet. Keys that name the old source stay with it. */
  renameSource(from: SourceId, to: SourceId): Promise<void>;
}
