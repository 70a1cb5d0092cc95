/** The fast road: ordinary well-formed XML through rss-parser. Whatever it would reject, lose or read otherwise than the repair does is left to the repair. */
import Parser from 'rss-parser';
import type { XmlDocument, XmlElement } from './element.js';
import { isUsualPrefix, prefixOf } from './namespaces.js';
import type { Root } from './root.js';

/** The document, or null where it is not ordinary. Never rejects. */
export async function readOrdinary(text: string, root: Root): Promise<XmlDocument | null> {
  if (!isOrdinary(text, root)) return null;
  try {
    // A new reader for each document: a reused one may never settle (its events get lost after an error).
    const document = (await new ElementReader().parseString(text)) as unknown as XmlElement;
    const element = document[root.name];
    return isElement(element) ? { rootName: root.name, root: element, complete: true } : null;
  } catch {
    return null;
  }
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * rss-parser's reading and recognition of XML, without what it makes of the elements: one field of each kind, dates that
 * throw, and plain-text snippets by expressions that are quadratic on text such as `<<<<<…`. Our own mapping takes over
 * from the elements, so that nothing is lost and both roads meet there.
 */
class ElementReader extends Parser {
  constructor() {
    super();
    // Lines and columns are for error messages that we do not show; counting them takes a twentieth of the time.
    const { xmlParser } = this as unknown as { xmlParser?: { saxParser?: { trackPosition: boolean } } };
    if (xmlParser?.saxParser) xmlParser.saxParser.trackPosition = false;
  }

  buildAtomFeed = asItStands;
  buildRSS0_9 = asItStands;
  buildRSS1 = asItStands;
  buildRSS2 = asItStands;
}

function asItStands(document: unknown): unknown {
  return document;
}

/** Cheap looks first. Each is a reason why rss-parser would read something else than is meant. */
function isOrdinary(text: string, root: Root): boolean {
  return (
    root.clean &&
    hasOrdinaryRoot(root) &&
    !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) &&
    !text.includes('xml:base') &&
    !(root.name === 'feed' && text.includes('"xhtml"')) &&
    !hasOddReferences(text) &&
    hasUsualNamespaces(text, root) &&
    text.isWellFormed()
  );
}

function hasOrdinaryRoot(root: Root): boolean {
  if (root.name === 'rss') return /\sversion\s*=\s*["'](?:2|0\.9)/.test(root.tag);
  if (root.name === 'feed')
    return /\sxmlns\s*=\s*["']http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns#)["']/.test(root.tag);
  return root.name === 'rdf:RDF';
}

/** Numbers of windows-1252, of control characters and of nothing at all. */
function hasOddReferences(text: string): boolean {
  return (
    text.includes('&#') &&
    /&#(?:0*(?:[0-9]|1[0-9]|2[0-9]|3[01]|12[89]|1[3-5][0-9])|[xX]0*(?:[01]?[0-9a-fA-F]|[89][0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eE-fF]));/.test(
      text,
    )
  );
}

/** Every declaration, wherever it stands, gives a prefix what everybody means by it. */
function hasUsualNamespaces(text: string, root: Root): boolean {
  let at = text.indexOf('xmlns', root.start);
  const rootEnd = root.start + root.tag.length;
  const own = root.name === 'feed' ? 'atom' : '';
  while (at >= 0) {
    DECLARATION.lastIndex = at;
    const found = DECLARATION.exec(text);
    if (!found || !isUsualDeclaration(found[1] ?? '', found[2] ?? found[3] ?? '', own, at < rootEnd)) return false;
    at = text.indexOf('xmlns', DECLARATION.lastIndex);
  }
  return true;
}

const DECLARATION = /xmlns(?::([\w.-]{1,60}))?\s{0,20}=\s{0,20}(?:"([^"<>]{0,500})"|'([^'<>]{0,500})')/y;

function isUsualDeclaration(prefix: string, address: string, own: string, inRoot: boolean): boolean {
  const meant = prefixOf(address);
  if (prefix === '') return inRoot && (meant ?? '') === own;
  if (meant === null) return true;
  return meant === prefix && meant !== own && isUsualPrefix(prefix);
}
