import { formMaxBytes } from '../front/faults.ts'
import { readEntries } from './entries.ts'
import { tooLarge, unreachable } from './failures.ts'
import { blankForm, failForm, type FormErrors, type FormState } from './form-state.ts'

/** An action that answers a form with the form's next state. */
export type FormAction<Field extends string> = (
  previous: FormState<Field>,
  entered: FormData,
) => Promise<FormState<Field>>

/** What a script adds to a form on its way to an action, in bytes. */
const addedMaxBytes = 4096

/**
 * The action as a script of the page calls it: a form that is too large, or that does not reach the
 * server, comes back with its `kept` fields, which are no passwords, and says why. Without it the
 * page of errors would take the form's place.
 */
export function keepEntered<Field extends string>(
  action: FormAction<Field>,
  kept: readonly Field[],
): FormAction<Field> {
  return async (previous, entered) => {
    const fail = (text: string) => {
      const errors: FormErrors<Field> = {}
      errors.form = text
      return failForm(previous, { values: readEntries(entered, kept), errors, fields: [] })
    }
    const { size } = await new Response(entered).blob()
    if (size > formMaxBytes - addedMaxBytes) return fail(tooLarge)
    try {
      // An action needs no more of the state, and what was entered before is not sent twice.
      return await action({ ...blankForm<Field>(), attempt: previous.attempt }, entered)
    } catch (error) {
      // `fetch` throws it without a network; a redirect is an error of Next.js, thrown on.
      if (!(error instanceof TypeError)) throw error
      return fail(unreachable)
    }
  }
}
