/** What the editor says of a JSON document, and templates of addresses. */

/** Paths (`json-path.ts`), below each item but for `items`; `link` and `image` may be templates with paths in braces. */
export interface JsonFields {
  readonly items: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly date: string | null;
  readonly updated: string | null;
  readonly summary: string | null;
  readonly content: string | null;
  readonly image: string | null;
  readonly author: string | null;
  readonly id: string | null;
  readonly categories: string | null;
}

/** What is filled into a template. */
export const HOLE = /\{([^{}]+)\}/g;

export function isJsonTemplate(written: string): boolean {
  return /^https?:\/\//i.test(written);
}

/** Paths in the braces of a template. */
export function pathsInTemplate(template: string): string[] {
  return [...template.matchAll(HOLE)].map(([, path]) => path!);
}
