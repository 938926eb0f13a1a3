import { formMaxBytes } from '../front/faults.ts'
import { type DraftPlace, writeDraft } from './drafts.ts'
import { blankForm, type FormState, keepUnsent } from './form-state.ts'
import type { FormTexts } from './form-context.tsx'

/** A server action that returns the form's next state. */
export type FormAction<Field extends string, Shown = undefined> = (
  previous: FormState<Field, Shown>,
  entered: FormData,
) => Promise<FormState<Field, Shown>>

/** Bytes that a script adds to a form on its way to an action. */
const addedMaxBytes = 4096

interface Keeping<Field extends string> {
  texts: Partial<FormTexts>
  draft: DraftPlace<Field>
}

/**
 * Wraps an action for the page's script. A form that cannot be sent, or whose answer does not come,
 * stays as it is and says why: otherwise the error page would replace it. It keeps a draft where
 * the page goes: for a login, or to be loaded anew after a deployment.
 */
export function keepEntered<Field extends string, Shown = undefined>(
  action: FormAction<Field, Shown>,
  { texts, draft }: Keeping<Field>,
): FormAction<Field, Shown> {
  return async (previous, unsent) => {
    const fail = (text: string | undefined, field?: Field) => keepUnsent({ previous, unsent }, text, field)
    if (!navigator.onLine) return fail(texts.offline)
    const { size } = await new Response(unsent).blob()
    if (size > formMaxBytes - addedMaxBytes) return fail(texts.tooLarge, findLongest(draft.fields, unsent))
    try {
      // The action needs no more of the state, so earlier input is not sent twice.
      return await action({ ...blankForm<Field>(), attempt: previous.attempt }, unsent)
    } catch (error) {
      const { name, digest } = readError(error)
      if (digest?.startsWith('NEXT_')) {
        if (digest.includes('session-ended')) writeDraft(draft, unsent, 'restored')
        throw error
      }
      if (name === 'UnrecognizedActionError') return loadAnew(draft, unsent)
      // What the server fails at has a digest. Anything else may have cut off the answer alone.
      return digest === undefined ? { ...fail(texts.unsure), mayBeSaved: true } : fail(texts.failed)
    }
  }
}

function findLongest<Field extends string>(fields: readonly Field[], entered: FormData): Field | undefined {
  const lengthOf = (field: Field) => {
    const value = entered.get(field)
    return typeof value === 'string' ? value.length : 0
  }
  return fields.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0]
}

function readError(error: unknown): { name?: string; digest?: string } {
  if (!(error instanceof Error)) return {}
  const { name } = error
  return 'digest' in error && typeof error.digest === 'string' ? { name, digest: error.digest } : { name }
}

/** Loads a page anew whose action went with a deployment. The page of a link needs its secret. */
function loadAnew<Field extends string>(draft: DraftPlace<Field>, entered: FormData): Promise<never> {
  writeDraft(draft, entered, 'outdated')
  const secret = entered.get('t')
  const { pathname, search } = window.location
  window.location.replace(
    typeof secret === 'string' ? `?${new URLSearchParams({ t: secret })}` : pathname + search,
  )
  return new Promise(() => undefined)
}
