/** Groups the elements of a page that are made alike: the items of a list are one group, wherever their lists end. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';

/** Fewer are no list. */
const LEAST = 3;
/** Groups that are looked at, the largest; a page has some hundreds. */
const MOST_GROUPS = 400;
/** A class that is of one element, of its moment, or of what is told in it: `post-1284`, `active`, `category-sport`. */
const PASSING =
  /\d{2}|^(?:(?:active|current|first|last|odd|even|open|sticky)(?![a-z])|is-|has-|js-|(?:category|tag|post_format|format)-)/;

/** Classes that say how an element is made. */
export function classesOf({ attribs }: Element): string[] {
  const all = (attribs.class ?? '').split(/\s+/).slice(0, 20);
  return all.filter((name) => /^-?[A-Za-z_][\w-]*$/.test(name) && !PASSING.test(name));
}

/** Elements that may be the items of one list, in the order of the page. */
export interface AlikeElements {
  readonly elements: readonly Element[];
  /** Those of the same place, whichever classes they have; null: these are all of them. */
  readonly wider: readonly Element[] | null;
  /** Whether they stand in several places: lists of one make. */
  readonly isJoined: boolean;
}

/**
 * Elements of the same name, whose ancestors have the same names and classes; of each such group those that share a class; and those
 * that are made as their parents are, wherever these stand. Only elements that hold a link, or are in one.
 */
export function alikeElements(elements: readonly Element[], holdLinks: ReadonlySet<Element>): AlikeElements[] {
  const ids = new Map<string, number>();
  const idOf = (key: string) => {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  };
  const places = new Map<Element, number>();
  const groups = new Map<string, Element[]>();
  const makes = new Map<string, Element[]>();
  for (const element of elements) {
    const { parent } = element;
    const above = parent !== null && isTag(parent) ? (places.get(parent) ?? 0) : -1;
    places.set(element, idOf(`${above}>${element.name}.${classesOf(element).sort().join('.')}`));
    if (!holdLinks.has(element)) continue;
    addTo(groups, `${above}>${element.name}`, element);
    const make = makeOf(element);
    if (make !== null && parent !== null && isTag(parent))
      addTo(makes, `${makeOf(parent) ?? parent.name}>${make}`, element);
  }
  const lists = [...groups.values()].filter((group) => group.length >= LEAST);
  const placeOf = (element: Element) => places.get(element);
  const joined = [...makes.values()].filter((group) => group.length >= LEAST && new Set(group.map(placeOf)).size > 1);
  const all: AlikeElements[] = [
    ...lists.flatMap((group) => [
      { elements: group, wider: null, isJoined: false },
      ...sharingClass(group).map((some) => ({ elements: some, wider: group, isJoined: false })),
    ]),
    ...joined.map((group) => ({ elements: group, wider: null, isJoined: true })),
  ];
  return all.sort((a, b) => b.elements.length - a.elements.length).slice(0, MOST_GROUPS);
}

/** `li.entry.news`; null: it has no class. */
function makeOf(element: Element): string | null {
  const classes = classesOf(element);
  return classes.length === 0 ? null : [element.name, ...classes.sort()].join('.');
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
