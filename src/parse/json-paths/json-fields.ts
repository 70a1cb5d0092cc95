/** What the editor says of a JSON document: where each field of its items stands. */
import { parseJsonPath } from './json-path.js';

/** A path (`json-path.ts`) or a template with paths in braces; of several the first one that finds something counts. */
export type JsonField = string | readonly string[];

/** All but `items` begin at an item. */
export interface JsonFields {
  readonly items: string;
  readonly title: JsonField | null;
  readonly link: JsonField | null;
  readonly date: JsonField | null;
  readonly updated: JsonField | null;
  readonly summary: JsonField | null;
  readonly content: JsonField | null;
  readonly image: JsonField | null;
  readonly author: JsonField | null;
  readonly id: JsonField | null;
  readonly categories: JsonField | null;
}

/** What is filled into a template. */
export const HOLE = /\{([^{}]+)\}/g;

/** `https://wire.example/s/{id}`, `{name} {version}`: braces that hold paths, and no others. */
export function isJsonTemplate(written: string): boolean {
  const paths = pathsInTemplate(written);
  return paths.length > 0 && paths.every(isJsonPath) && !/[{}]/.test(written.replace(HOLE, ''));
}

export function isJsonPath(written: string): boolean {
  return parseJsonPath(written) !== null;
}

export function pathsInTemplate(template: string): string[] {
  return [...template.matchAll(HOLE)].map(([, path]) => path!);
}
