import { sql, type Transaction } from 'kysely'

/**
 * Runs statements that may fail without the rest of the transaction. What `recover` makes of the
 * error is returned; `undefined`: the error is thrown.
 */
export async function withSavepoint<Result, Recovered>(
  tx: Transaction<unknown>,
  run: () => Promise<Result>,
  recover: (error: unknown) => Recovered | undefined,
): Promise<Result | Recovered> {
  await sql`savepoint attempt`.execute(tx)
  try {
    const result = await run()
    await sql`release savepoint attempt`.execute(tx)
    return result
  } catch (error) {
    const recovered = recover(error)
    if (recovered === undefined) throw error
    await sql`rollback to savepoint attempt`.execute(tx)
    await sql`release savepoint attempt`.execute(tx)
    return recovered
  }
}
