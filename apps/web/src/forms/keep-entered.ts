import { formMaxBytes } from '../front/faults.ts'
import { readEntries } from './entries.ts'
import { tooLarge, unreachable } from './failures.ts'
import { blankForm, failForm, type FormErrors, type FormState } from './form-state.ts'

/** A server action that returns the form's next state. */
export type FormAction<Field extends string, Shown = undefined> = (
  previous: FormState<Field, Shown>,
  entered: FormData,
) => Promise<FormState<Field, Shown>>

/** Bytes that a script adds to a form on its way to an action. */
const addedMaxBytes = 4096

/**
 * Wraps an action for the page's script. A form that is too large, or does not reach the server,
 * keeps its `kept` fields, which are no passwords, and shows the reason. Otherwise the error page
 * would replace the form.
 */
export function keepEntered<Field extends string, Shown = undefined>(
  action: FormAction<Field, Shown>,
  kept: readonly Field[],
): FormAction<Field, Shown> {
  return async (previous, entered) => {
    const fail = (text: string) => {
      const errors: FormErrors<Field> = {}
      errors.form = text
      return failForm(previous, { values: readEntries(entered, kept), errors, fields: [] })
    }
    const { size } = await new Response(entered).blob()
    if (size > formMaxBytes - addedMaxBytes) return fail(tooLarge)
    try {
      // The action needs no more of the state, so earlier input is not sent twice.
      return await action({ ...blankForm<Field>(), attempt: previous.attempt }, entered)
    } catch (error) {
      // `fetch` throws a TypeError without a network; a redirect is an error of Next.js, which is
      // rethrown.
      if (!(error instanceof TypeError)) throw error
      return fail(unreachable)
    }
  }
}
