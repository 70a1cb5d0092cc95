/** Writes the shortest CSS selector that finds given elements of a page, and no others where that can be. */
import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { elementsIn, upFrom } from '../tree.js';
import { classesOf } from './groups.js';

/** Elements beside the wanted ones that a selector may find. */
const MOST_OTHERS = 200;
/** Ancestors that a selector may name. */
const MOST_ANCESTORS = 8;

/** Classes of an element that are tried beside others: those that fewest elements have. */
const MOST_CLASSES = 3;
/** Selectors below one and below two names that are tried: each is a walk over the page. */
const MOST_IN_ONE = 160;
const MOST_IN_TWO = 100;

interface FoundSelector {
  readonly selector: string;
  /** Elements beside the wanted ones that would be read, too. */
  readonly others: readonly Element[];
}

/**
 * The simplest that finds no others to read, else one that finds fewest; null: none finds all that are wanted and no more others than these.
 * @param isNothing of what else a selector finds: whether it is passed over in reading.
 */
export function selectorOf(
  elements: readonly Element[],
  root: Document,
  isNothing: (element: Element) => boolean,
): FoundSelector | null {
  const [first] = elements;
  if (first === undefined) return null;
  const isRead = once((element: Element) => !isNothing(element));
  const wanted = new Set(elements);
  let nearest: FoundSelector | null = null;
  for (const selector of candidates(elements, first, root)) {
    const beside = othersFound(selectAll<AnyNode, Element>(selector, root), wanted);
    if (beside === null) continue;
    const others = beside.filter(isRead);
    if (others.length === 0) return { selector, others };
    if (others.length < (nearest?.others.length ?? elements.length + 1)) nearest = { selector, others };
  }
  return nearest;
}

/** null: not all that are wanted are found, or too many others. */
function othersFound(found: readonly Element[], wanted: ReadonlySet<Element>): Element[] | null {
  const others = found.filter((element) => !wanted.has(element));
  return found.length - others.length === wanted.size && others.length < MOST_OTHERS ? others : null;
}

function once<A, B>(ask: (one: A) => B): (one: A) => B {
  const known = new Map<A, B>();
  return (one) => {
    if (!known.has(one)) known.set(one, ask(one));
    return known.get(one)!;
  };
}

/** The simplest first: what is simple outlives small changes of a page. Some 300 at most. */
function candidates(elements: readonly Element[], first: Element, root: Document): string[] {
  const shared = classesOf(first).filter((name) => elements.every((element) => classesOf(element).includes(name)));
  const classed = (names: readonly string[]) => names.map((name) => `${first.name}.${name}`);
  const rarest = rarestClasses(root);
  const own = [...classed(rarest(first.name, shared)), first.name];
  const above = upFrom(first)
    .slice(1, 1 + MOST_ANCESTORS)
    .filter((one) => one.name !== 'html');
  const names = above.flatMap((one) => namesOf(one, rarest(one.name, classesOf(one))));
  const named = names.sort((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const inNamed = named.flatMap((name) => own.flatMap((one) => [`${name} > ${one}`, `${name} ${one}`]));
  const inTwo = named.flatMap((outer, i) => named.slice(0, i).flatMap((inner) => own.map((one) => `${outer} ${inner} ${one}`))); // biome-ignore format: one call
  const alone = first.name === 'article' ? [...classed(shared), 'article'] : classed(shared);
  return [
    ...alone,
    ...inNamed.slice(0, MOST_IN_ONE),
    ...inTwo.slice(0, MOST_IN_TWO),
    ...chains(above, own),
    first.name,
  ];
}

/** Of the classes of an element, those that fewest of its name have, in their order. */
function rarestClasses(root: Document): (element: string, classes: readonly string[]) => string[] {
  const counts = new Map<string, number>();
  for (const element of elementsIn(root)) {
    for (const name of classesOf(element)) {
      const key = `${element.name}.${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (element, classes) => {
    const count = (name: string) => counts.get(`${element}.${name}`) ?? 0;
    const kept = new Set([...classes].sort((a, b) => count(a) - count(b)).slice(0, MOST_CLASSES));
    return classes.filter((name) => kept.has(name));
  };
}

/** A name that any part of a page may have. */
function isBare(name: string): boolean {
  return name !== 'main' && !/[.#]/.test(name);
}

/** `main`, `ul.news`, `#news` */
function namesOf(element: Element, classes: readonly string[]): string[] {
  const { id } = element.attribs;
  const byId = id !== undefined && /^[A-Za-z][\w-]*$/.test(id) && !/\d{2}/.test(id) ? [`#${id}`] : [];
  return [...classes.map((name) => `${element.name}.${name}`), ...byId, element.name];
}

/** `body > div.page > ul > li`, longer and longer. */
function chains(above: readonly Element[], own: readonly string[]): string[] {
  const steps = above.map((one) => [one.name, ...classesOf(one).slice(0, 2)].join('.'));
  return steps.flatMap((_, i) => {
    const path = steps.slice(0, i + 1).reverse().join(' > '); // biome-ignore format: one call
    return own.map((one) => `${path} > ${one}`);
  });
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

/** Elements that are used for anything: a class says more, and outlives more. */
const MEANS_NOTHING = /^(?:div|span|font|b|i|em|strong|small|td)$/;

function shortNames(element: Element): string[] {
  const { parent } = element;
  const classes = classesOf(element).map((name) => `.${name}`);
  const inParent = parent !== null && isTag(parent) ? classesOf(parent).map((name) => `.${name} ${element.name}`) : [];
  const inHeading = parent !== null && isTag(parent) ? [`${parent.name} > ${element.name}`] : [];
  const bare = [element.name];
  return MEANS_NOTHING.test(element.name)
    ? [...classes, ...inParent, ...bare, ...inHeading]
    : [...bare, ...classes, ...inParent, ...inHeading];
}
