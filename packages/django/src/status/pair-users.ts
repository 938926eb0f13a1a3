import type { ImportedUser } from '@pockitflyer/auth/admin'

/** A user who is there, here, or on both sides. */
export type UserPair<There, Here> =
  | { there: There; here: Here }
  | { there: There; here: undefined }
  | { there: undefined; here: Here }

type Pages<User> = AsyncIterable<readonly User[]>

/**
 * Pairs the users of two sides by their ids. Both sides are in the order of ids.
 * @example for await (const { there, here } of pairUsers(pagesThere, pagesHere)) {}
 */
export async function* pairUsers<There extends ImportedUser, Here extends ImportedUser>(
  pagesThere: Pages<There>,
  pagesHere: Pages<Here>,
): AsyncGenerator<UserPair<There, Here>> {
  const [left, right] = [usersOf(pagesThere), usersOf(pagesHere)]
  let [there, here] = [await next(left), await next(right)]
  while (there !== undefined || here !== undefined) {
    if (there !== undefined && here !== undefined && there.id === here.id) {
      yield { there, here }
      ;[there, here] = [await next(left), await next(right)]
    } else if (there !== undefined && (here === undefined || there.id < here.id)) {
      yield { there, here: undefined }
      there = await next(left)
    } else if (here !== undefined) {
      yield { there: undefined, here }
      here = await next(right)
    }
  }
}

async function* usersOf<User>(pages: Pages<User>): AsyncGenerator<User, undefined> {
  for await (const page of pages) yield* page
}

const next = async <User>(users: AsyncGenerator<User, undefined>) => (await users.next()).value
