/** The changes made at this desk, as differences of the files. Each can be taken back alone. */
import type { FileChange } from '../desk.js';
import { createMask } from '../files.js';
import { FormError } from '../form.js';
import type { Page, PageVisit, View } from '../view.js';

export const changesView: View = {
  path: '/changes',
  label: 'Changes',
  count: async ({ desk }) => desk.made.length,
  addRoutes: ({ show, undo }) => {
    show('/changes', showChanges);
    undo('/undo', ({ desk, form }) => {
      const id = form.text('change') === 'last' ? desk.made[0]?.id : Number(form.text('change'));
      if (id === undefined) throw new FormError('There is no change to take back.');
      return id;
    });
  },
};

async function showChanges({ desk, settings }: PageVisit): Promise<Page> {
  const made = desk.made.map((one) => ({ ...one, files: one.files.map((file) => maskChange(file, settings.root)) }));
  return { title: 'Changes', template: 'changes', data: { made } };
}

function maskChange({ path, texts, line, removed, added }: FileChange, root: string) {
  const mask = createMask(texts);
  const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return { name, line, removed: removed.map(mask), added: added.map(mask) };
}
