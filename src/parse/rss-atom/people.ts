/** Reads people: `Name`, `a@b (Name)`, `Name <a@b>` in RSS, elements in Atom, `dc:creator` and others. */
import type { Person } from '../../model/item.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { child, children, childText, elementText, type XmlElement, type XmlNode } from '../xml/element.js';
import { type MappingContext, resolveReference } from './mapping-context.js';

/** All people in the first element with a name, else in the first with an e-mail or other address. */
export function readFirstPeople(parent: XmlNode, names: readonly string[], context: MappingContext): Person[] {
  let nameless: Person[] = [];
  for (const name of names) {
    const people = readPeople(parent, name, context);
    if (people.some((person) => person.name !== null)) return people;
    if (nameless.length === 0) nameless = people;
  }
  return nameless;
}

function readPeople(parent: XmlNode, name: string, context: MappingContext): Person[] {
  const people: Person[] = [];
  for (const node of children(parent, name).slice(0, PARSE_LIMITS.list)) {
    const person = readPerson(node, context);
    if (person && !people.some((other) => isSamePerson(other, person))) people.push(person);
  }
  return people;
}

function isSamePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.email === b.email && a.url === b.url;
}

/** Atom's elements (0.3: `url`; prefixed in itunes:owner), else one line of text. */
function readPerson(node: XmlNode, context: MappingContext): Person | null {
  if (typeof node === 'string') return parsePerson(node);
  const firstValue = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = childText(node, name);
      if (value !== null) return truncateText(value, PARSE_LIMITS.line);
    }
    return null;
  };
  const name = firstValue('name', 'atom:name', 'itunes:name');
  const email = firstValue('email', 'atom:email', 'itunes:email');
  const written = firstValue('uri', 'url', 'homepage', 'atom:uri', 'atom:url');
  const element = child(node, 'uri') ?? child(node, 'url') ?? node;
  const url = written === null ? null : resolveReference(written, element, context);
  if (name === null && email === null && url === null) return parsePerson(readLine(node));
  const read = name === null ? null : parsePerson(name);
  return { name: read?.name ?? name, email: email ?? read?.email ?? null, url };
}

function readLine(node: XmlElement): string {
  const own = elementText(node);
  if (own !== '') return own;
  return node.$html?.replace(/<[^<>]*>/g, '').trim() ?? '';
}

const EMAIL = /[^\s<>()[\]:,;"]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}/i;

export function parsePerson(line: string): Person | null {
  const short = truncateText(line.trim(), PARSE_LIMITS.line);
  if (short === '') return null;
  const email = short.includes('@') ? (EMAIL.exec(short)?.[0] ?? null) : null;
  if (email === null) return { name: short, email: null, url: null };
  const rest = short
    .replace(email, '')
    .replace(/mailto:/i, '')
    .replace(/\(\s*\)|<\s*>|\[\s*\]/g, '')
    .trim();
  const name = rest
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/^["'](.*)["']$/s, '$1')
    .replace(/^[-,:;]\s*|\s*[-,:;]$/g, '')
    .trim();
  return { name: name === '' ? null : name, email, url: null };
}
