/** Chooses the topics in the menu of the pages, seldom anew: a menu that changes rewrites every page. */

/** That the menu of every page has, besides "All topics". */
export const MOST_IN_MENU = 8;
/** How many times the articles of the weakest topic in the menu another must have to come in. */
const CLEARLY_MORE = 1.5;

export interface MenuTopic {
  readonly id: string;
  /** Articles of the seven days before the newest one. */
  readonly recent: number;
}

/**
 * `topics`: those that have a page, in the order of the config, in which the menu shows them too. `before`: the menu so far. It stays while its topics
 * have pages and no other has clearly more articles than its weakest; room that is left goes to the topics with the most.
 */
export function chooseMenu(topics: readonly MenuTopic[], before: readonly string[]): string[] {
  const stays = topics.filter(({ id }) => before.includes(id));
  const others = topics.filter(({ id }) => !before.includes(id)).sort(byRecent);
  const weakest = Math.min(...stays.map(({ recent }) => recent));
  const isFull = stays.length === MOST_IN_MENU;
  const beaten = isFull && others.length > 0 && others[0]!.recent >= Math.max(1, CLEARLY_MORE * weakest);
  const chosen = beaten ? [...topics].sort(byRecent) : [...stays, ...others];
  const ids = new Set(chosen.slice(0, MOST_IN_MENU).map(({ id }) => id));
  return topics.flatMap(({ id }) => (ids.has(id) ? id : []));
}

/** Where as many have been written, by id, so that the order of the config makes no difference. */
function byRecent(a: MenuTopic, b: MenuTopic): number {
  return b.recent - a.recent || (a.id < b.id ? -1 : 1);
}
