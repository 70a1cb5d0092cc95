/** Selects the topics of the page menu. Changes rarely, because a changed menu rewrites every page. */

/** Maximum number of topics, in addition to "All topics". */
export const MOST_IN_MENU = 8;
/** A topic replaces the weakest one in the menu when it has this many times its articles. */
const CLEARLY_MORE = 1.5;

export interface MenuTopic {
  readonly id: string;
  /** Articles of the seven days before the newest one. */
  readonly recent: number;
}

/**
 * `topics`: published ones, in config order. Keeps the menu while its topics have pages and no other clearly exceeds
 * the weakest one. Free places go to the topics with the most articles.
 */
export function chooseMenu(topics: readonly MenuTopic[], before: readonly string[]): string[] {
  const stays = topics.filter(({ id }) => before.includes(id));
  const others = topics.filter(({ id }) => !before.includes(id)).sort(compareRecent);
  const weakest = Math.min(...stays.map(({ recent }) => recent));
  const isFull = stays.length === MOST_IN_MENU;
  const beaten = isFull && others.length > 0 && others[0]!.recent >= Math.max(1, CLEARLY_MORE * weakest);
  const chosen = beaten ? [...topics].sort(compareRecent) : [...stays, ...others];
  const ids = new Set(chosen.slice(0, MOST_IN_MENU).map(({ id }) => id));
  return topics.flatMap(({ id }) => (ids.has(id) ? id : []));
}

/** Ties are resolved by id, so that config order has no effect. */
function compareRecent(a: MenuTopic, b: MenuTopic): number {
  return b.recent - a.recent || (a.id < b.id ? -1 : 1);
}
