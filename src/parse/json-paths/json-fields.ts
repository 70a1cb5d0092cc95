/** The fields of a `json` source: where each field of an item is found. */
import { parseJsonPath } from './json-path.js';

/** A path (`json-path.ts`), or a template with paths in braces. Of several, the first one with a value counts. */
export type JsonField = string | readonly string[];

/** All paths except `items` start at an item. */
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

export const PLACEHOLDER = /\{([^{}]+)\}/g;

/** `https://wire.example/s/{id}`, `{name} {version}`: every pair of braces must hold a path. */
export function isJsonTemplate(written: string): boolean {
  const paths = listTemplatePaths(written);
  return paths.length > 0 && paths.every(isJsonPath) && !/[{}]/.test(written.replace(PLACEHOLDER, ''));
}

export function isJsonPath(written: string): boolean {
  return parseJsonPath(written) !== null;
}

export function listTemplatePaths(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, path]) => path!);
}
