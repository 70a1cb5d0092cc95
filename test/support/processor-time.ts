/**
 * Measures CPU time, which a busy machine affects less than elapsed time. Elapsed time is the upper bound, because
 * other threads of the process (garbage collection, compilation) count as well.
 */
export async function processorMs(work: () => unknown): Promise<number> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.min((user + system) / 1000, performance.now() - began);
}
