/** Well-formed XML by rss-parser. What it would reject, lose or read otherwise than the tolerant parser is left to that one. */
import Parser from 'rss-parser';
import { PARSE_LIMITS } from '../limits.js';
import type { XmlDocument, XmlElement } from './element.js';
import { isKnownPrefix, prefixOfNamespace } from './namespaces.js';
import { FORBIDDEN_CHARACTERS } from './preprocess.js';
import type { FeedRoot } from './root.js';
import { canonicalAttributeIn, canonicalNameIn, OUTERMOST_SCOPE } from './scope.js';
import { ITEM_ELEMENTS, ITEM_HOLDERS, mustEndBefore, TEXT_ELEMENTS } from './vocabulary.js';

/** The document, or null where the tolerant parser must read it. Never rejects. */
export async function parseWithRssParser(text: string, root: FeedRoot): Promise<XmlDocument | null> {
  if (!suitsRssParser(text, root)) return null;
  try {
    // A new reader for each document: a reused one may never settle (its events get lost after an error).
    const document = (await new ElementReader().parseString(text)) as unknown as XmlElement;
    const element = document[root.name];
    if (!isElement(element) || needsTolerantParser(root.name, element)) return null;
    return { rootName: root.name, root: element, complete: true };
  } catch {
    return null;
  }
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Elements inside a text, whose order rss-parser loses; ones that stand where only a forgotten end tag can have left them; deeper ones than we follow. */
function needsTolerantParser(rootName: string, root: XmlElement): boolean {
  let level: (readonly [string, XmlElement])[] = [[rootName, root]];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth >= PARSE_LIMITS.depth) return true;
    const inside: [string, XmlElement][] = [];
    for (const [name, element] of level) {
      for (const childName in element) {
        const list = element[childName];
        if (!Array.isArray(list)) continue;
        if (TEXT_ELEMENTS.has(name) || (depth > 1 && mustCloseBefore(name, childName))) return true;
        for (const child of list) if (isElement(child)) inside.push([childName, child]);
      }
    }
    level = inside;
  }
  return false;
}

/** Whether the tolerant parser would close `open` before an element of the name `next`. */
function mustCloseBefore(open: string, next: string): boolean {
  return (ITEM_ELEMENTS.has(next) && !ITEM_HOLDERS.has(open)) || mustEndBefore(open, next);
}

/**
 * rss-parser's reading and recognition of XML, without what it makes of the elements: one field of each kind, dates that
 * throw, and plain-text snippets by expressions that are quadratic on text such as `<<<<<…`. Our own mapping takes over
 * from the elements, so that nothing is lost and it is the same for both parsers.
 */
class ElementReader extends Parser {
  constructor() {
    const attribute = (written: string) => canonicalAttributeIn(OUTERMOST_SCOPE, written.toLowerCase());
    const element = (written: string) => canonicalNameIn(OUTERMOST_SCOPE, written, '');
    super({ xml2js: { tagNameProcessors: [element], attrNameProcessors: [attribute] } });
  }

  buildAtomFeed = unchanged;
  buildRSS0_9 = unchanged;
  buildRSS1 = unchanged;
  buildRSS2 = unchanged;
}

function unchanged(document: unknown): unknown {
  return document;
}

/** Each condition is a reason why rss-parser would read something else than is meant. */
function suitsRssParser(text: string, root: FeedRoot): boolean {
  return (
    root.isFirst &&
    !/<(?!!--)/.test(text.slice(text.lastIndexOf(`</${root.name}`) + 1)) &&
    hasKnownRoot(root) &&
    text.search(FORBIDDEN_CHARACTERS) < 0 &&
    !UNSUITED.test(text) &&
    hasKnownNamespaces(text, root) &&
    text.isWellFormed()
  );
}

function hasKnownRoot(root: FeedRoot): boolean {
  if (root.name === 'rss') return /\sversion\s*=\s*["'](?:2|0\.9)/.test(root.tag);
  if (root.name === 'feed')
    return /\sxmlns\s*=\s*["']http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns#)["']/.test(root.tag);
  return root.name === 'rdf:RDF';
}

/** References by number to windows-1252, to control characters and to nothing at all. */
const ODD_REFERENCE =
  /&#(?:0*(?:[0-9]|1[0-9]|2[0-9]|3[01]|12[89]|1[3-5][0-9])|[xX]0*(?:[01]?[0-9a-fA-F]|[89][0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eE-fF]));/;

/** A base for relative addresses, `<` that begins no tag or an empty comment, `<` inside an attribute, odd references. */
const UNSUITED = new RegExp(
  ['xml:base', /<(?:\s|!-->)/.source, /=\s{0,20}(?:"[^"<]*<|'[^'<]*<)/.source, ODD_REFERENCE.source].join('|'),
);

/** Every declaration, wherever it stands, gives a prefix what everybody means by it. */
function hasKnownNamespaces(text: string, root: FeedRoot): boolean {
  let at = text.indexOf('xmlns', root.start);
  const rootEnd = root.start + root.tag.length;
  const own = root.name === 'feed' ? 'atom' : '';
  while (at >= 0) {
    DECLARATION.lastIndex = at;
    const found = DECLARATION.exec(text);
    if (!found || !isKnownDeclaration(found[1] ?? '', found[2] ?? found[3] ?? '', own, at < rootEnd)) return false;
    at = text.indexOf('xmlns', DECLARATION.lastIndex);
  }
  return true;
}

const DECLARATION = /xmlns(?::([\w.-]{1,60}))?\s{0,20}=\s{0,20}(?:"([^"<>]{0,500})"|'([^'<>]{0,500})')/y;

function isKnownDeclaration(prefix: string, address: string, own: string, inRoot: boolean): boolean {
  const meant = prefixOfNamespace(address);
  if (prefix === '') return inRoot && (meant ?? '') === own;
  if (meant === null) return true;
  return meant === prefix && meant !== own && isKnownPrefix(prefix);
}
