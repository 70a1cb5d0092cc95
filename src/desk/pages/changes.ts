/** The changes made at this desk, as differences of the files. Each can be taken back alone. */
import { maskChange } from '../desk.js';
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

async function showChanges({ desk, settings }: PageVisit): Promise<Page> {
  const made = desk.made.map((one) => ({ ...one, files: one.files.map((file) => maskChange(file, settings.root)) }));
  return { title: 'Changes', template: 'changes', data: { made } };
}
