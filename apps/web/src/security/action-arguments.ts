/**
 * The arguments that React's client sends to an action of this app: the form's state, as plain
 * data, and the form. React's format has far more (promises, streams, references to modules and to
 * other parts), which no action here uses: a smaller format leaves less to get wrong.
 */

/**
 * React gives a string that begins with `$` a meaning: this app accepts these two, and `$$` for a
 * literal dollar sign.
 */
const undefinedMark = '$undefined'
const formMark = /^\$K[0-9a-f]+$/

/**
 * Returns whether these are an action's arguments, as a script sends them: the state and the form.
 * Next.js omits arguments that an action does not use, so there may be one of them or none.
 */
export function isReplyReadable(reply: unknown): boolean {
  const entries = parseList(reply)
  if (entries?.length === 0) return true
  if (entries === undefined || entries.length > 2) return false
  const last = entries.at(-1)
  if (entries.length === 1 && isState(last)) return true
  return typeof last === 'string' && formMark.test(last) && (entries.length < 2 || isState(entries[0]))
}

/**
 * Returns whether the hidden fields that name an action, as a page without scripts sends them, are
 * readable.
 */
export function areFieldsReadable(form: FormData): boolean {
  return [...form.keys()].every((name) => {
    const id = /^\$ACTION_REF_(.*)/s.exec(name)?.[1]
    return id === undefined || isBoundAction(form.get(`$ACTION_${id}:0`), form.get(`$ACTION_${id}:1`))
  })
}

function isBoundAction(action: unknown, state: unknown): boolean {
  const named = parse(action)
  if (typeof named !== 'object' || named === null || !('id' in named) || !('bound' in named)) return false
  const states = parseList(state)
  const isNamed = typeof named.id === 'string' && named.bound === '$@1'
  return isNamed && states?.length === 1 && isState(states[0])
}

function isState(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value)
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !/^\$(?!\$)/.test(value) || value === undefinedMark
  return Object.entries(value ?? {}).every(([name, member]) => name !== '__proto__' && isPlain(member))
}

function parseList(text: unknown): unknown[] | undefined {
  const value = parse(text)
  return Array.isArray(value) ? value : undefined
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
