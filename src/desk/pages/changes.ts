/** The changes made at this desk, as differences of the files. Each can be taken back alone. */
import type { Page, PageVisit, View } from '../view.js';

export const changesView: View = {
  path: '/changes',
  label: 'Changes',
  count: async ({ desk }) => desk.made.length,
  addRoutes: ({ show, undo }) => {
    show('/changes', showChanges);
    undo('/undo');
  },
};

async function showChanges({ desk }: PageVisit): Promise<Page> {
  return { title: 'Changes', template: 'changes', data: { made: desk.made } };
}
