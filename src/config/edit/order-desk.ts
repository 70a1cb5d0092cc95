/** Sorts entries of the desk file, each with the comments around it, and preserves everything else. */
import { isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { findItemEnd, parsesAs } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

/** `order`: indexes of entries. The first of them moves to the first place that one of them has, and so on. */
export async function orderDeskFile(path: string, order: readonly number[]): Promise<void> {
  await withFileLock(path, async () => {
    const text = (await readToEdit(path)) ?? '';
    const message = 'newsloom cannot sort this list because of its YAML layout; write it as a list of "- " entries';
    const sorted = orderEntries(text, order) ?? refuseEdit(path, 'desk', message);
    if (sorted !== text) await replaceFile(path, sorted);
  });
}

/** null if the file would not parse to the same entries in the new order. */
export function orderEntries(text: string, order: readonly number[]): string | null {
  const document = parseDocument(text);
  const list = document.contents;
  if (document.errors.length > 0 || !isSeq(list) || list.flow === true) return null;
  const values = document.toJS() as unknown[];
  const places = [...order].sort((a, b) => a - b);
  if (places.some((place, i) => place === places[i - 1] || values[place] === undefined)) return null;
  const blocks = values.map((_, i) => findBlock(text, list, i));
  const moved = new Map(places.map((place, i) => [place, order[i]!]));
  // A last line without a line end gets one, as all others have.
  const take = (i: number) => text.slice(...blocks[moved.get(i) ?? i]!).replace(/[^\n]$/, '$&\n');
  let sorted = text.slice(0, blocks[0]![0]);
  for (let i = 0; i < blocks.length; i += 1) sorted += take(i) + text.slice(blocks[i]![1], blocks[i + 1]?.[0]);
  return parsesAs(
    sorted,
    values.map((_, i) => values[moved.get(i) ?? i]),
  )
    ? sorted
    : null;
}

/** From the comment lines directly above the entry to its last line. Comments on top of the file belong to the file. */
function findBlock(text: string, list: YAMLSeq, index: number): [start: number, end: number] {
  const [from = 0, to = 0] = (list.items[index] as { range?: readonly number[] }).range ?? [];
  const dash = text.lastIndexOf('-', from);
  const line = text.lastIndexOf('\n', dash) + 1;
  const lines = index === 0 ? [] : text.slice(0, line).split(/(?<=\n)/);
  const above = lines.slice(lines.findLastIndex((one) => !/^[ \t]*#/.test(one)) + 1).join('');
  return [line - above.length, findItemEnd(text, to, text.slice(line, dash))];
}
