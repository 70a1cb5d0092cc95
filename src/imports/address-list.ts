/** A plain list of feeds: one a line, or CSV with or without a heading. */
import { FolderNames } from './folders.js';
import { type ImportedSource, type ImportFormat, importedSite } from './imported-site.js';

export const addressListImport: ImportFormat = {
  name: 'list',
  describe: 'a text file or CSV with an address on each line; a name and a category beside it are taken',
  recognizes: ({ text }) => csvRows(text).some((row) => row.some(isWebAddress)),
  read({ text }) {
    const rows = csvRows(text);
    const heading = rows[0]?.some(isWebAddress) ? [] : (rows[0] ?? []).map((cell) => cell.toLowerCase());
    const names = new FolderNames();
    return importedSite({ sources: rows.flatMap((row) => sourceOf(row, heading, names) ?? []), folders: names.all() });
  },
};

/** null: a row without an address. */
function sourceOf(row: readonly string[], heading: readonly string[], names: FolderNames): ImportedSource | null {
  const cell = (is: RegExp) => row[heading.findIndex((name) => is.test(name))];
  const wanted = cell(/feed|rss|xml/);
  const url = wanted !== undefined && isWebAddress(wanted) ? wanted : row.find(isWebAddress);
  if (url === undefined) return null;
  const title = heading.length > 0 ? cell(/name|title/) : row.find((one) => one !== '' && !isWebAddress(one));
  const category = cell(/categor|folder|topic|group/);
  return { url, ...(title && { title }), ...(category && { topics: [names.idOf(category)] }) };
}

function isWebAddress(cell: string): boolean {
  return /^https?:\/\/\S+$/i.test(cell);
}

/** RFC 4180, with `,`, `;` or a tab between cells; `#` begins a comment. */
function csvRows(text: string): string[][] {
  const separator = /\t/.test(text) ? '\t' : /^[^,\n]*;/m.test(text) && !/,/.test(text) ? ';' : ',';
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (const letter of `${text.replace(/\r\n?/g, '\n')}\n`) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === separator || letter === '\n')) {
      rows.at(-1)!.push(cell.trim());
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  return rows.filter((row) => row.some((one) => one !== '') && !row[0]?.startsWith('#'));
}
