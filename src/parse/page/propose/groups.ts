/** Groups the similar elements of a page. The items of a list are one group. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';

const LEAST = 3;
const MOST_GROUPS = 400;
/** Classes that depend on one element, its state or its content: `post-1284`, `active`, `category-sport`. */
const UNSTABLE_CLASS =
  /\d{2}|^(?:(?:active|current|first|last|odd|even|open|sticky)(?![a-z])|is-|has-|js-|(?:category|tag|post_format|format)-)/;

export function listStableClasses({ attribs }: Element): string[] {
  const all = (attribs.class ?? '').split(/\s+/).slice(0, 20);
  return all.filter((name) => /^-?[A-Za-z_][\w-]*$/.test(name) && !UNSTABLE_CLASS.test(name));
}

/** Elements that may be the items of one list, in page order. */
export interface ElementGroup {
  readonly elements: readonly Element[];
  /** All elements at the same place, whatever their classes; null: `elements` already contains them all. */
  readonly wider: readonly Element[] | null;
  /** The elements come from several places with equal markup. */
  readonly isJoined: boolean;
}

/** Groups: equal names below equal ancestors; within these a shared class; and equal markup anywhere on the page. */
export function groupElements(elements: readonly Element[], holdLinks: ReadonlySet<Element>): ElementGroup[] {
  const ids = new Map<string, number>();
  const assignId = (key: string) => {
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
    places.set(element, assignId(`${above}>${element.name}.${listStableClasses(element).sort().join('.')}`));
    if (!holdLinks.has(element)) continue;
    addToGroup(groups, `${above}>${element.name}`, element);
    const make = toSignature(element);
    if (make !== null && parent !== null && isTag(parent))
      addToGroup(makes, `${toSignature(parent) ?? parent.name}>${make}`, element);
  }
  const lists = [...groups.values()].filter((group) => group.length >= LEAST);
  const findPlace = (element: Element) => places.get(element);
  const joined = [...makes.values()].filter((group) => group.length >= LEAST && new Set(group.map(findPlace)).size > 1);
  const all: ElementGroup[] = [
    ...lists.flatMap((group) => [
      { elements: group, wider: null, isJoined: false },
      ...groupByClass(group).map((some) => ({ elements: some, wider: group, isJoined: false })),
    ]),
    ...joined.map((group) => ({ elements: group, wider: null, isJoined: true })),
  ];
  return all.sort((a, b) => b.elements.length - a.elements.length).slice(0, MOST_GROUPS);
}

/** `li.entry.news`; null: without a class. */
function toSignature(element: Element): string | null {
  const classes = listStableClasses(element);
  return classes.length === 0 ? null : [element.name, ...classes.sort()].join('.');
}

function groupByClass(group: readonly Element[]): Element[][] {
  const byClass = new Map<string, Element[]>();
  for (const element of group)
    for (const name of new Set(listStableClasses(element))) addToGroup(byClass, name, element);
  return [...byClass.values()].filter(({ length }) => length >= LEAST && length < group.length);
}

function addToGroup(groups: Map<string, Element[]>, key: string, element: Element): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [element]);
  else group.push(element);
}
