/** Finds the shortest CSS selector for given elements of a page. */
import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { listElements, listSelfAndAncestors } from '../tree.js';
import { listStableClasses } from './groups.js';

const MOST_OTHERS = 200;
const MOST_ANCESTORS = 8;

/** The rarest classes of an element are tried. */
const MOST_CLASSES = 3;
/** Limits of selectors below one and below two names: each is a walk over the page. */
const MOST_IN_ONE = 160;
const MOST_IN_TWO = 100;

interface FoundSelector {
  readonly selector: string;
  /** Additional matches that would be read as items. */
  readonly others: readonly Element[];
}

/** null: none finds all elements. @param isNothing whether reading skips a match. */
export function findShortestSelector(
  elements: readonly Element[],
  root: Document,
  isNothing: (element: Element) => boolean,
): FoundSelector | null {
  const [first] = elements;
  if (first === undefined) return null;
  const isRead = memoize((element: Element) => !isNothing(element));
  const wanted = new Set(elements);
  let nearest: FoundSelector | null = null;
  for (const selector of listCandidates(elements, first, root)) {
    const beside = findOthers(selectAll<AnyNode, Element>(selector, root), wanted);
    if (beside === null) continue;
    const others = beside.filter(isRead);
    if (others.length === 0) return { selector, others };
    if (others.length < (nearest?.others.length ?? elements.length + 1)) nearest = { selector, others };
  }
  return nearest;
}

/** null: elements are missing, or there are too many others. */
function findOthers(found: readonly Element[], wanted: ReadonlySet<Element>): Element[] | null {
  const others = found.filter((element) => !wanted.has(element));
  return found.length - others.length === wanted.size && others.length < MOST_OTHERS ? others : null;
}

function memoize<A, B>(compute: (one: A) => B): (one: A) => B {
  const known = new Map<A, B>();
  return (one) => {
    if (!known.has(one)) known.set(one, compute(one));
    return known.get(one)!;
  };
}

/** Simplest first: a simple selector survives small changes of a page. About 300 at most. */
function listCandidates(elements: readonly Element[], first: Element, root: Document): string[] {
  const shared = listStableClasses(first).filter((name) =>
    elements.every((element) => listStableClasses(element).includes(name)),
  );
  const classed = (names: readonly string[]) => names.map((name) => `${first.name}.${name}`);
  const rarest = createClassSelector(root);
  const own = [...classed(rarest(first.name, shared)), first.name];
  const above = listSelfAndAncestors(first)
    .slice(1, 1 + MOST_ANCESTORS)
    .filter((one) => one.name !== 'html');
  const names = above.flatMap((one) => listElementNames(one, rarest(one.name, listStableClasses(one))));
  const named = names.sort((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const inNamed = named.flatMap((name) => own.flatMap((one) => [`${name} > ${one}`, `${name} ${one}`]));
  const inTwo = named.flatMap((outer, i) => named.slice(0, i).flatMap((inner) => own.map((one) => `${outer} ${inner} ${one}`))); // biome-ignore format: one call
  const alone = first.name === 'article' ? [...classed(shared), 'article'] : classed(shared);
  return [
    ...alone,
    ...inNamed.slice(0, MOST_IN_ONE),
    ...inTwo.slice(0, MOST_IN_TWO),
    ...listChains(above, own),
    first.name,
  ];
}

/** The rarest classes of an element, in their original order. */
function createClassSelector(root: Document): (element: string, classes: readonly string[]) => string[] {
  const counts = new Map<string, number>();
  for (const element of listElements(root)) {
    for (const name of listStableClasses(element)) {
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

function listElementNames(element: Element, classes: readonly string[]): string[] {
  const { id } = element.attribs;
  const byId = id !== undefined && /^[A-Za-z][\w-]*$/.test(id) && !/\d{2}/.test(id) ? [`#${id}`] : [];
  return [...classes.map((name) => `${element.name}.${name}`), ...byId, element.name];
}

/** `body > div.page > ul > li`, longer and longer. */
function listChains(above: readonly Element[], own: readonly string[]): string[] {
  const steps = above.map((one) => [one.name, ...listStableClasses(one).slice(0, 2)].join('.'));
  return steps.flatMap((_, i) => {
    const path = steps.slice(0, i + 1).reverse().join(' > '); // biome-ignore format: one call
    return own.map((one) => `${path} > ${one}`);
  });
}

/** Its first match must be right for most items. @param isRight counts the items in which it is right. */
export function findPartSelector(
  wanted: readonly Element[],
  isRight: (selector: string) => number,
  least: number,
): string | null {
  const tried = new Set(wanted.slice(0, 20).flatMap(listShortSelectors));
  const rated = [...tried].map((selector) => ({ selector, right: isRight(selector) }));
  const most = Math.max(0, ...rated.map(({ right }) => right));
  return most < least ? null : (rated.find(({ right }) => right === most)?.selector ?? null);
}

/** Generic elements: a class is more specific. */
const MEANS_NOTHING = /^(?:div|span|font|b|i|em|strong|small|td)$/;

function listShortSelectors(element: Element): string[] {
  const { parent } = element;
  const classes = listStableClasses(element).map((name) => `.${name}`);
  const inParent =
    parent !== null && isTag(parent) ? listStableClasses(parent).map((name) => `.${name} ${element.name}`) : [];
  const inHeading = parent !== null && isTag(parent) ? [`${parent.name} > ${element.name}`] : [];
  const bare = [element.name];
  return MEANS_NOTHING.test(element.name)
    ? [...classes, ...inParent, ...bare, ...inHeading]
    : [...bare, ...classes, ...inParent, ...inHeading];
}
