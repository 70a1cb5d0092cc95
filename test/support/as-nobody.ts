/** Runs work as the user `nobody` where the tests run as root, who may write everywhere. */

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
