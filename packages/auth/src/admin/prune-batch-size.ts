/** How many rows one statement of a prune deletes, so that none holds locks for long. */
export const pruneBatchSize = 1000
