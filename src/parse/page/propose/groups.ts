/** Groups the elements of a page that are made alike: the items of a list are one group, wherever their lists end. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';

/** Fewer are no list. */
const LEAST = 3;
/** Groups that are looked at, the largest; a page has some hundreds. */
const MOST_GROUPS = 400;
/** A class that is of one element, or of its moment: `post-1284`, `active`. */
const PASSING = /\d{2}|^(?:active|current|first|last|odd|even|open|is-|has-|js-)/;

/** Classes that say how an element is made. */
export function classesOf({ attribs }: Element): string[] {
  const all = (attribs.class ?? '').split(/\s+/).slice(0, 20);
  return all.filter((name) => /^-?[A-Za-z_][\w-]*$/.test(name) && !PASSING.test(name));
}

/**
 * Elements of the same name, whose ancestors have the same names and classes; and of each such group those that share a class. Only
 * elements that hold a link, or are in one. In the order of the page.
 */
export function alikeElements(elements: readonly Element[], holdLinks: ReadonlySet<Element>): Element[][] {
  const ids = new Map<string, number>();
  const idOf = (key: string) => {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  };
  const places = new Map<Element, number>();
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const { parent } = element;
    const above = parent !== null && isTag(parent) ? (places.get(parent) ?? 0) : -1;
    places.set(element, idOf(`${above}>${element.name}.${classesOf(element).sort().join('.')}`));
    if (holdLinks.has(element)) addTo(groups, `${above}>${element.name}`, element);
  }
  const lists = [...groups.values()].filter((group) => group.length >= LEAST);
  const all = lists.flatMap((group) => [group, ...sharingClass(group)]);
  return all.sort((a, b) => b.length - a.length).slice(0, MOST_GROUPS);
}

function sharingClass(group: readonly Element[]): Element[][] {
  const byClass = new Map<string, Element[]>();
  for (const element of group) for (const name of new Set(classesOf(element))) addTo(byClass, name, element);
  return [...byClass.values()].filter(({ length }) => length >= LEAST && length < group.length);
}

function addTo(groups: Map<string, Element[]>, key: string, element: Element): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [element]);
  else group.push(element);
}
