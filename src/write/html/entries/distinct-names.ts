/** Makes accessible names of links distinct. On a page, links with equal names must lead to the same place. */
import { toOneLine } from '../../../text/cut.js';

interface Named {
  readonly id: string;
  readonly label: string;
}

/** The accessible name of each link if it must differ from its label; else null. `taken`: labels of other links. */
export function distinctNames(links: readonly Named[], taken: Iterable<string>, what: string): (string | null)[] {
  const seen = new Set([...taken].map(folded));
  return links.map(({ id, label }) => {
    const candidates = [label, `${label} (${what})`, `${label} (${id})`, `${label} (${what}: ${id})`];
    const name = candidates.find((one) => !seen.has(folded(one))) ?? `${label} (${what}: ${id})`;
    seen.add(folded(name));
    return name === label ? null : name;
  });
}

function folded(text: string): string {
  return toOneLine(text).toLowerCase();
}
