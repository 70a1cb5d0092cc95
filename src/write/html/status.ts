/** Prepares the states of the sources for the status page: those that need attention first. */
import type { SourceStatus } from '../../model/page.js';
import type { Labels } from './labels.js';
import { momentIn } from './moment.js';

/** States that need no attention. */
const FINE = new Set<SourceStatus['state']>(['ok', 'new']);

export function shownStatus(sources: readonly SourceStatus[], labels: Labels) {
  const of = (isFine: boolean) =>
    sources
      .filter(({ state, error }) => (FINE.has(state) && error === null) === isFine)
      .map((one) => shown(one, labels));
  const fine = of(true);
  const groups = [
    { kind: 'failing', title: labels.failing, sources: of(false) },
    { kind: 'working', title: labels.working, sources: fine },
  ];
  return { groups: fine.length === 0 ? groups.slice(0, 1) : groups };
}

function shown({ id, title, state, since, newestArticleAt, error }: SourceStatus, labels: Labels) {
  const fails = error ?? (FINE.has(state) ? null : { code: state, message: '' });
  return {
    id,
    title,
    state,
    words: labels.states[state],
    since: since === null ? null : momentIn(labels, since),
    newest: newestArticleAt === null ? null : momentIn(labels, newestArticleAt),
    error: fails,
  };
}
