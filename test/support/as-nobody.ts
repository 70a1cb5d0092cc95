/** Runs work as the user `nobody` if the tests run as root, because root can write everywhere. */

const NOBODY = 65534;

export async function asNobody<R>(work: () => Promise<R>): Promise<R> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
