/** Proposes phrases for topics that were folders: the words of the folder's name. */
import { loadTable } from '../data/load.js';
import type { OpmlFolder } from '../text/opml-folders.js';
import { plainLine } from '../text/plain.js';

export interface ProposedTopic extends OpmlFolder {
  /** Phrases in config syntax. */
  readonly any?: readonly string[];
}

export function proposePhrases(folders: readonly OpmlFolder[]): ProposedTopic[] {
  return folders.map((folder) => {
    const any = splitFolderName(folder.label);
    return any.length === 0 ? folder : { ...folder, any };
  });
}

/** Splits names such as `Science & Tech`. */
function splitFolderName(label: string): string[] {
  const parts = label
    .replace(/\s*[([][^)\]]*[)\]]/g, '')
    .split(/\s*[&/,+|·]\s*|\s+(?:and|und|et|y|[-–—])\s+/i)
    .flatMap((part) => toPhrase(part) ?? []);
  return parts.filter((part) => part.split(' ').length <= 3);
}

const LONGEST = 40;

/** null: a generic name, or one that cannot be a phrase. */
function toPhrase(name: string): string | null {
  const line = plainLine(name)
    .replace(/^[#=!~_]+|[*]+$/g, '')
    .trim();
  if (line.length < 2 || line.length > LONGEST || !/\p{L}/u.test(line) || /[:/|{}]/.test(line)) return null;
  return GENERIC_NAMES.has(line.toLowerCase()) ? null : line;
}

/** Generic names of folders, in lower case. */
const GENERIC_NAMES: ReadonlySet<string> = new Set(loadTable<readonly string[]>('folder-names'));
