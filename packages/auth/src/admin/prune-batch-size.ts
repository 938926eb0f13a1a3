/** How many rows one statement of a prune deletes, so that none holds locks for long. */
export const pruneBatchSize = 1000

/** Deletes batch after batch until one is not full. Returns how many rows. */
export async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await deleteBatch()
    total += deleted
    if (deleted < pruneBatchSize) return total
  }
}
