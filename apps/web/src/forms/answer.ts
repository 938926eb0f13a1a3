import { headers } from 'next/headers'
import type { FormState } from './form-state.ts'

interface Answer {
  state: FormState<string>
  shown: unknown
}

/** By the headers of the request, which an action shares with the page that answers it. */
const answers = new WeakMap<object, Answer>()

/**
 * Lets the page that answers this request show the state of its form, and returns the state. For a
 * form that was sent without JavaScript, and a state that no cookie holds.
 */
export async function showInAnswer<Field extends string, Shown>(
  given: FormState<Field, Shown>,
): Promise<FormState<Field, Shown>> {
  const { shown, ...state } = given
  answers.set(await headers(), { state, shown })
  return given
}

/** Returns what the action of this request left for its page. */
export async function readAnswer(): Promise<Answer | undefined> {
  return answers.get(await headers())
}
