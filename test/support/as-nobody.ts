/** Root may write everywhere: lets the user `nobody` try. Who is not root tries as himself. */

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
