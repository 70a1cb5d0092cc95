/** A plain list of feeds: one a line, or CSV with or without a heading. */
import { FolderNames } from './folders.js';
import { type ImportedSource, type ImportFormat, importedSite } from './imported-site.js';

export const addressListImport: ImportFormat = {
  name: 'list',
  describe: 'a text file or CSV with an address on each line; a name and a category beside it are taken',
  recognizes({ text }) {
    const rows = csvRows(text);
    return rows.some((row) => row.some(isWebAddress)) || (rows.length > 0 && rows.every(isHost));
  },
  read({ text }) {
    const rows = csvRows(text);
    const heading =
      rows[0]?.some(isWebAddress) || isHost(rows[0]) ? [] : (rows[0] ?? []).map((cell) => cell.toLowerCase());
    const names = new FolderNames();
    return importedSite({ sources: rows.flatMap((row) => sourceOf(row, heading, names) ?? []), folders: names.all() });
  },
};

/** null: a row without an address. */
function sourceOf(row: readonly string[], heading: readonly string[], names: FolderNames): ImportedSource | null {
  const cell = (is: RegExp) => row[heading.findIndex((name) => is.test(name))];
  const wanted = cell(/feed|rss|xml/);
  const url =
    wanted !== undefined && isWebAddress(wanted)
      ? wanted
      : (row.find((one) => /^https?:/i.test(one)) ?? row.find(isWebAddress) ?? (isHost(row) ? row[0] : undefined));
  if (url === undefined) return null;
  const title =
    heading.length > 0 ? cell(/name|title/) : row.find((one) => one !== '' && one !== url && !isWebAddress(one));
  const category = cell(/categor|folder|topic|group/);
  return { url, ...(title && { title }), ...(category && { topics: [names.idOf(category)] }) };
}

/** Alone on its line: beside an address it is a name, such as `node.js`. */
function isHost([cell = '', ...others]: readonly string[] = []): boolean {
  return others.length === 0 && /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/?$/.test(cell);
}

function isWebAddress(cell: string): boolean {
  return /^(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)\S+$/i.test(cell);
}

/**
 * RFC 4180, with `,`, `;` or a tab between cells; `#` begins a comment. Only a quotation mark at the start of a cell opens a quotation, where
 * another closes it: elsewhere it is a letter, as in `24" monitors`.
 */
function csvRows(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n');
  const separator = /\t/.test(lines) ? '\t' : /^[^,\n]*;/m.test(lines) && !/,/.test(lines) ? ';' : ',';
  const plain = `[^${separator}\\n]*`;
  const pattern = new RegExp(` *"([^"]*(?:""[^"]*)*)"${plain}|${plain}`, 'y');
  const rows: string[][] = [[]];
  for (let at = 0; at <= lines.length; at++) {
    pattern.lastIndex = at;
    const [cell = '', quoted] = pattern.exec(lines) ?? [];
    rows.at(-1)!.push((quoted?.replaceAll('""', '"') ?? cell).trim());
    at += cell.length;
    if (lines[at] === '\n') rows.push([]);
  }
  return rows.filter((row) => row.some((one) => one !== '') && !row[0]?.startsWith('#'));
}
