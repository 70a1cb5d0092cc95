/** Prepares names of publications for templates: a link to the page that tells of it, and its icon. */

/** Data of the template `publication`. */
export interface ShownPublication {
  readonly name: string;
  /** Its page; null: it has none. */
  readonly href: string | null;
  /** The class by which `icons/icons.css` gives it its icon; null: it has none but the letter. */
  readonly icon: string | null;
  /** What stands in its place where there is no icon. */
  readonly letter: string;
  /** Number of the letter's colour, 0 to 7. */
  readonly tint: number;
}

const TINTS = 8;

/** @param root from the page to the published folder: `../` or empty */
export function shownPublication(name: string, sourceId: string | null, root: string): ShownPublication {
  return {
    name,
    href: sourceId === null ? null : `${root}sources/${sourceId}.html`,
    icon: sourceId === null ? null : iconClass(sourceId),
    letter: letterOf(name),
    tint: tintOf(sourceId ?? name),
  };
}

/** Ids have only letters, digits and hyphens. */
export function iconClass(sourceId: string): string {
  return `i-${sourceId}`;
}

/** The first letter or digit, articles of the language left alone. */
function letterOf(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '·').toUpperCase().slice(0, 2);
}

function tintOf(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + character.codePointAt(0)!) % 65_521;
  return sum % TINTS;
}
