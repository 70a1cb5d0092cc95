/** Finds the lists of objects in a JSON document, and the paths of their fields. */
import { isRecord } from '../../../text/record.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface RecordList {
  /** In the syntax of `items`: `$`, `data.stories`, `pages[*].items[*]`. */
  readonly path: string;
  readonly records: readonly JsonRecord[];
}

const DEPTH = 6;
const MOST_LISTS = 100;
const MOST_MEMBERS = 60;

/** Lists of at least two objects, outer ones first. An inner list combines the lists of all outer objects. */
export function findRecordLists(value: unknown): RecordList[] {
  const found: RecordList[] = [];
  let level = [{ path: '$', values: [value] }];
  for (let depth = 0; depth < DEPTH && level.length > 0 && found.length < MOST_LISTS; depth++) {
    const next: typeof level = [];
    for (const { path, values } of level) {
      const lists = values.filter((one) => Array.isArray(one));
      const records = (lists.length > 0 ? lists.flat() : values).filter(isRecord);
      if (lists.length > 0 && records.length > 1) found.push({ path: lists.length > 1 ? `${path}[*]` : path, records });
      const inner = lists.length > 0 ? `${path}[*]` : path;
      for (const name of listNames(records)) {
        const members = records.flatMap((record) => (Object.hasOwn(record, name) ? [record[name]] : []));
        if (members.some((one) => typeof one === 'object' && one !== null))
          next.push({ path: joinPath(inner, name), values: members });
      }
    }
    level = next;
  }
  return found.slice(0, MOST_LISTS);
}

function listNames(records: readonly JsonRecord[]): string[] {
  return [...new Set(records.slice(0, 5).flatMap((record) => Object.keys(record)))].slice(0, MOST_MEMBERS);
}

function joinPath(path: string, name: string): string {
  const step = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return path === '$' && step.startsWith('.') ? name : path === '' ? step.replace(/^\./, '') : path + step;
}

const FIELD_DEPTH = 3;
const MOST_PATHS = 500;

/** What is listed of a list of objects: its names, or its pictures. */
const MEMBERS_OF_LISTS = ['name', 'url', 'preview_url'];

/** Paths of texts and numbers below objects, shallow ones first. A list of objects gives `[*].name` and addresses. */
export function listFieldPaths(records: readonly JsonRecord[]): string[] {
  const found = new Set<string>();
  let level = [{ path: '', values: records as readonly unknown[] }];
  for (let depth = 0; depth < FIELD_DEPTH && found.size < MOST_PATHS; depth++) {
    const next: typeof level = [];
    for (const { path, values } of level) {
      const inside = values.filter(isRecord);
      for (const name of listNames(inside)) {
        const members = inside.map((record) => record[name]).filter((one) => one !== null && one !== undefined);
        const here = joinPath(path, name);
        const lists = members.filter((one) => Array.isArray(one));
        if (members.some((one) => typeof one === 'string' || typeof one === 'number')) found.add(here);
        if (lists.flat().some((one) => typeof one === 'string')) found.add(here);
        for (const member of MEMBERS_OF_LISTS)
          if (lists.flat().some((one) => isRecord(one) && typeof one[member] === 'string'))
            found.add(`${here}[*].${member}`);
        if (members.some(isRecord)) next.push({ path: here, values: members });
      }
    }
    level = next;
  }
  return [...found].slice(0, MOST_PATHS);
}
