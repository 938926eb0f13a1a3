import type { Caller } from '@pockitflyer/auth'
import { type Admin, type DeadToken, importDeadTokens, whileLeading } from '@pockitflyer/auth/admin'
import { type FollowedSource, readPages } from '../source/source.ts'

/** Changes that are applied at once. */
const batchSize = 500

/**
 * Revokes the sessions of tokens that Django blacklisted, though this service leads: a person may
 * have logged out there. Returns how many sessions were revoked.
 * @example await importBlacklistedTokens(admin, operator, source)
 */
export async function importBlacklistedTokens(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { readBlacklistedTokens }: FollowedSource,
): Promise<number> {
  let revoked = 0
  for await (const page of readPages(readBlacklistedTokens)) {
    const tokens = page.flatMap(({ token }) => token ?? [])
    revoked += await importDeadTokens(admin, caller, { tokens })
  }
  return revoked
}

/**
 * Does the same for tokens that the feed noted since. What else Django noted is dropped: this
 * service leads, and the next export overwrites it. Returns how many changes were read.
 * @throws {LeaderError} Django leads
 * @example while ((await applyBlacklist(admin, operator, source)) > 0);
 */
export async function applyBlacklist(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<number> {
  const changes = await source.feed.read(batchSize)
  if (changes.length === 0) return 0
  await importTokens(admin, caller, { source, ids: changes.flatMap(({ tokenId }) => tokenId ?? []) })
  // Once Django leads, its changes wait for `follow`.
  await whileLeading(admin, () => source.feed.delete(changes))
  return changes.length
}

/**
 * Revokes the sessions of blacklisted tokens, by the ids of their rows.
 * @example await importTokens(admin, operator, { source, ids: [7] })
 */
export async function importTokens(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, ids }: { source: Pick<FollowedSource, 'readBlacklistedTokens'>; ids: readonly number[] },
): Promise<void> {
  const tokens: DeadToken[] = []
  for (const id of ids) {
    const [found] = await source.readBlacklistedTokens({ afterId: id - 1, limit: 1 })
    if (found?.id === id && found.token) tokens.push(found.token)
  }
  if (tokens.length > 0) await importDeadTokens(admin, caller, { tokens })
}
