/** Decodes references in possibly malformed text: HTML names, windows-1252 numbers, small entities of the document. */
import { decodeCodePoint, decodeHTMLStrict } from 'entities/decode';
import { PARSE_LIMITS } from '../limits.js';

/** Entities defined in the DOCTYPE. `budget`: code units that they may still add. */
export interface DocumentEntities {
  readonly values: ReadonlyMap<string, string>;
  budget: number;
}

export const NO_ENTITIES: DocumentEntities = { values: new Map(), budget: 0 };

/** Drops numbers that XML forbids (1.0 2.2). Keeps unknown names and bare `&`. */
export function decodeReferences(text: string, own: DocumentEntities): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#[xX]([0-9a-fA-F]{1,8});?|#([0-9]{1,9});?|([A-Za-z_][\w.-]{0,60});)/g,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (hex !== undefined) return toCharacter(Number.parseInt(hex, 16));
      if (decimal !== undefined) return toCharacter(Number(decimal));
      return expandEntity(name!, own) ?? decodeHTMLStrict(whole);
    },
  );
}

/** As in HTML (13.2.5.80: 0x80 to 0x9F mean windows-1252); '' if XML forbids the character. */
function toCharacter(code: number): string {
  const forbidden =
    (code < 0x20 && code !== 9 && code !== 10 && code !== 13) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff ||
    code > 0x10ffff;
  return forbidden ? '' : decodeCodePoint(code);
}

function expandEntity(name: string, own: DocumentEntities): string | null {
  const value = own.values.get(name);
  if (value === undefined || value.length > own.budget) return null;
  own.budget -= value.length;
  return value;
}

/** Plain-text entities of an internal DOCTYPE subset. Ignores nested and external entities. */
export function readEntities(doctype: string): DocumentEntities {
  const values = new Map<string, string>();
  const declaration = /<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"]{0,2000})"|'([^']{0,2000})')\s*>/g;
  for (const [, name, double, single] of doctype.matchAll(declaration)) {
    const value = decodeReferences(double ?? single ?? '', NO_ENTITIES);
    if (!/[&<]/.test(value) && !values.has(name!)) values.set(name!, value);
  }
  return { values, budget: PARSE_LIMITS.entityText };
}
