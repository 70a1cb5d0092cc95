/**
 * How long work takes on the processor: on a busy machine it waits longer, and works no more. The clock on the wall is the
 * bound above, since other threads of the process (that collect garbage, that compile) count as well.
 */
export async function processorMs(work: () => unknown): Promise<number> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.min((user + system) / 1000, performance.now() - began);
}
