/** Prepares the states of the sources for the status page: those that need attention first. */
import type { SourceStatus } from '../../model/page.js';
import { compareAlphabetically } from '../../text/stem.js';
import type { Labels } from './labels.js';
import { formatMoment } from './moment.js';

const HEALTHY_STATES = new Set<SourceStatus['state']>(['ok', 'new']);

export function needsAttention({ state, error }: Pick<SourceStatus, 'state' | 'error'>): boolean {
  return !HEALTHY_STATES.has(state) || error !== null;
}

export function shownStatus(sources: readonly SourceStatus[], labels: Labels) {
  const named = [...sources].sort((a, b) => compareAlphabetically(a.title, b.title) || (a.id < b.id ? -1 : 1));
  const of = (isFine: boolean) =>
    named.filter((one) => needsAttention(one) !== isFine).map((one) => shown(one, labels));
  const fine = of(true);
  const groups = [
    { kind: 'failing', title: labels.failing, sources: of(false) },
    { kind: 'working', title: labels.working, sources: fine },
  ];
  return { groups: fine.length === 0 ? groups.slice(0, 1) : groups };
}

/** Without error codes and messages: `status.json` has them for the editor. */
function shown({ id, title, state, since, newestArticleAt }: SourceStatus, labels: Labels) {
  return {
    id,
    title,
    state,
    words: labels.states[state],
    since: since === null ? null : formatMoment(labels, since),
    newest: newestArticleAt === null ? null : formatMoment(labels, newestArticleAt),
  };
}
