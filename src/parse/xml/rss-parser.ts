/** Reads well-formed XML with rss-parser. Rejects documents that rss-parser would misread. */
import Parser from 'rss-parser';
import { PARSE_LIMITS } from '../limits.js';
import type { XmlDocument, XmlElement } from './element.js';
import { findNamespacePrefix, isKnownPrefix } from './namespaces.js';
import { FORBIDDEN_CHARACTERS } from './preprocess.js';
import type { FeedRoot } from './root.js';
import { OUTERMOST_SCOPE, resolveAttributeName, resolveName } from './scope.js';
import { ITEM_ELEMENTS, ITEM_HOLDERS, impliesMissingEnd, TEXT_ELEMENTS } from './vocabulary.js';

/** null: use the tolerant parser. Never rejects. */
export async function parseWithRssParser(text: string, root: FeedRoot): Promise<XmlDocument | null> {
  if (!suitsRssParser(text, root)) return null;
  try {
    // A new reader for each document: after an error, a reused one may never resolve.
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

/** Markup inside a text, whose order rss-parser loses; a probably missing end tag; too deep nesting. */
function needsTolerantParser(rootName: string, root: XmlElement): boolean {
  let level: (readonly [string, XmlElement])[] = [[rootName, root]];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth >= PARSE_LIMITS.depth) return true;
    const inside: [string, XmlElement][] = [];
    for (const [name, element] of level) {
      for (const childName in element) {
        const list = element[childName];
        if (!Array.isArray(list)) continue;
        if (TEXT_ELEMENTS.has(name) || (depth > 1 && isClosedImplicitly(name, childName))) return true;
        for (const child of list) if (isElement(child)) inside.push([childName, child]);
      }
    }
    level = inside;
  }
  return false;
}

/** Whether the tolerant parser would close `open` before an element named `next`. */
function isClosedImplicitly(open: string, next: string): boolean {
  return (ITEM_ELEMENTS.has(next) && !ITEM_HOLDERS.has(open)) || impliesMissingEnd(open, next);
}

interface XmlParser {
  readonly saxParser: { trackPosition: boolean };
}

/** Without rss-parser's mapping, which keeps one field of each kind and takes quadratic time on `<<<<<…`. */
class ElementReader extends Parser {
  constructor() {
    const attribute = (written: string) => resolveAttributeName(OUTERMOST_SCOPE, written.toLowerCase());
    const element = (written: string) => resolveName(OUTERMOST_SCOPE, written, '');
    super({ xml2js: { tagNameProcessors: [element], attrNameProcessors: [attribute] } });
    // Lines and columns are only for error messages, and counting them takes a third of the time.
    (this as unknown as { xmlParser: XmlParser }).xmlParser.saxParser.trackPosition = false;
  }

  buildAtomFeed = returnUnchanged;
  buildRSS0_9 = returnUnchanged;
  buildRSS1 = returnUnchanged;
  buildRSS2 = returnUnchanged;
}

function returnUnchanged(document: unknown): unknown {
  return document;
}

/** Each condition excludes something that rss-parser would misread. */
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

/** Numeric references to windows-1252, control characters and invalid code points. */
const UNSUITED_REFERENCE =
  /&#(?:0*(?:[0-9]|1[0-9]|2[0-9]|3[01]|12[89]|1[3-5][0-9])|[xX]0*(?:[01]?[0-9a-fA-F]|[89][0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eE-fF]));/;

/** xml:base, `<` outside a tag or inside an attribute, empty comments, unsuited references. */
const UNSUITED = new RegExp(
  ['xml:base', /<(?:\s|!-->)/.source, /=\s{0,20}(?:"[^"<]*<|'[^'<]*<)/.source, UNSUITED_REFERENCE.source].join('|'),
);

/** Whether all declarations in the document use the conventional prefix of their namespace. */
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
  const meant = findNamespacePrefix(address);
  if (prefix === '') return inRoot && (meant ?? '') === own;
  if (meant === null) return true;
  return meant === prefix && meant !== own && isKnownPrefix(prefix);
}
