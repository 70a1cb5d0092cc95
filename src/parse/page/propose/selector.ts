/** Writes the shortest CSS selector that finds given elements of a page, and no others. */
import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { classesOf } from './groups.js';

/** Elements beside the wanted ones that a selector may find. */
const MOST_OTHERS = 200;
/** Ancestors that a selector may name. */
const MOST_ANCESTORS = 8;

/** null: none was found. @param isNothing of what else a selector finds: whether it is passed over in reading. */
export function selectorOf(
  elements: readonly Element[],
  root: Document,
  isNothing: (element: Element) => boolean,
): string | null {
  const [first] = elements;
  if (first === undefined) return null;
  const wanted = new Set(elements);
  const finds = (selector: string) => {
    const found = selectAll<AnyNode, Element>(selector, root);
    const others = found.filter((element) => !wanted.has(element));
    return found.length - others.length === wanted.size && others.length < MOST_OTHERS && others.every(isNothing);
  };
  return candidates(elements, first).find(finds) ?? null;
}

/** The simplest first: what is simple outlives small changes of a page. */
function candidates(elements: readonly Element[], first: Element): string[] {
  const shared = classesOf(first).filter((name) => elements.every((element) => classesOf(element).includes(name)));
  const classed = shared.map((name) => `${first.name}.${name}`);
  const own = [...classed, first.name];
  const above = ancestors(first).filter((one) => one.name !== 'html');
  const named = above.flatMap(namesOf).sort((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const inNamed = named.flatMap((name) => own.flatMap((one) => [`${name} > ${one}`, `${name} ${one}`]));
  const inTwo = named.flatMap((outer, i) => named.slice(0, i).flatMap((inner) => own.map((one) => `${outer} ${inner} ${one}`))); // biome-ignore format: one call
  const alone = first.name === 'article' ? [...classed, 'article'] : classed;
  return [...alone, ...inNamed, ...inTwo, ...chains(above, own), first.name];
}

/** A name that any part of a page may have. */
function isBare(name: string): boolean {
  return name !== 'main' && !/[.#]/.test(name);
}

/** `main`, `ul.news`, `#news` */
function namesOf(element: Element): string[] {
  const { id } = element.attribs;
  const byId = id !== undefined && /^[A-Za-z][\w-]*$/.test(id) && !/\d{2}/.test(id) ? [`#${id}`] : [];
  return [...classesOf(element).map((name) => `${element.name}.${name}`), ...byId, element.name];
}

/** `body > div.page > ul > li`, longer and longer. */
function chains(above: readonly Element[], own: readonly string[]): string[] {
  const steps = above.map((one) => [one.name, ...classesOf(one).slice(0, 2)].join('.'));
  return steps.flatMap((_, i) => {
    const path = steps.slice(0, i + 1).reverse().join(' > '); // biome-ignore format: one call
    return own.map((one) => `${path} > ${one}`);
  });
}

/** The closest first. */
function ancestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let one: AnyNode | null = element.parent; one !== null && isTag(one) && found.length < MOST_ANCESTORS; one = one.parent)
    found.push(one); // biome-ignore format: one loop
  return found;
}

/**
 * The simplest selector whose first match within each item is the element wanted there, for most items; null: none is.
 * @param isRight whether what was found in an item, the item itself included, is right.
 */
export function selectorWithin(
  wanted: readonly Element[],
  isRight: (selector: string) => number,
  least: number,
): string | null {
  const tried = new Set(wanted.slice(0, 20).flatMap(shortNames));
  const rated = [...tried].map((selector) => ({ selector, right: isRight(selector) }));
  const most = Math.max(0, ...rated.map(({ right }) => right));
  return most < least ? null : (rated.find(({ right }) => right === most)?.selector ?? null);
}

function shortNames(element: Element): string[] {
  const { parent } = element;
  const classes = classesOf(element).map((name) => `.${name}`);
  const inParent = parent !== null && isTag(parent) ? classesOf(parent).map((name) => `.${name} ${element.name}`) : [];
  const inHeading = parent !== null && isTag(parent) ? [`${parent.name} > ${element.name}`] : [];
  return [element.name, ...classes, ...inParent, ...inHeading];
}
