import { readTokens, type StoredTokens, type TokenStore, writeTokens } from './store.ts'

/** A place for one text. It may be full, read-only or out of reach. */
export interface TextPlace {
  read(): Promise<string | null>
  /** Replaces the text that was read last; undefined removes it. */
  write(text: string | undefined, previous: string | null): Promise<void>
}

/** A section that one caller enters at a time. */
export type Section = <Result>(section: () => Promise<Result>) => Promise<Result>

interface TextStoreParts {
  place: TextPlace
  oneUpdate: Section
  exclusive: Section
  onWriteError: ((error: unknown) => void) | undefined
}

/**
 * Creates a store of tokens as text. Tokens that the place refuses are kept in memory and count
 * from then on; each later call tries to write them again. Tokens that another tab or process wrote
 * meanwhile are newer and replace them.
 */
export function createTextStore({ place, oneUpdate, exclusive, onWriteError }: TextStoreParts): TokenStore {
  /** The last known text of the place; undefined while unknown. */
  let seen: string | null | undefined
  let unwritten: { tokens: StoredTokens | undefined } | undefined
  let writes = 0
  let isRetrying = false

  const known = () => (unwritten === undefined ? readTokens(seen) : unwritten.tokens)

  async function look(): Promise<void> {
    const writesBefore = writes
    const text = await place.read()
    // Text that was read during another call's write is not new.
    if (writes !== writesBefore || text === seen) return
    if (seen !== undefined) unwritten = undefined
    seen = text
  }

  async function write(tokens: StoredTokens | undefined): Promise<void> {
    const text = tokens === undefined ? undefined : writeTokens(tokens)
    unwritten = { tokens }
    writes += 1
    await place.write(text, seen ?? null)
    seen = text ?? null
    unwritten = undefined
    writes += 1
  }

  const update: TokenStore['update'] = async (change) => {
    const unread = await failureOf(look())
    const current = known()
    const tokens = change(current)
    if (tokens === current) {
      if (unread !== undefined) throw unread.error
      return tokens
    }
    const failure = unread ?? (await failureOf(write(tokens)))
    if (unread !== undefined) keep(tokens)
    if (failure !== undefined) onWriteError?.(failure.error)
    return tokens
  }

  /** The overwritten text is unknown, so the next read counts as the first. */
  function keep(tokens: StoredTokens | undefined): void {
    unwritten = { tokens }
    seen = undefined
  }

  async function retry(): Promise<void> {
    await look()
    if (unwritten !== undefined) await write(unwritten.tokens)
  }

  function retryBeside(): void {
    if (isRetrying) return
    isRetrying = true
    void failureOf(oneUpdate(retry)).then(() => (isRetrying = false))
  }

  return {
    async load() {
      const unread = await failureOf(look())
      if (unwritten !== undefined) retryBeside()
      else if (unread !== undefined) throw unread.error
      return known()
    },
    update: async (change) => oneUpdate(async () => update(change)),
    exclusive,
  }
}

async function failureOf(work: Promise<unknown>): Promise<{ error: unknown } | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
}
