import { cookies, headers } from 'next/headers'
import { getEnvironment } from '../environment.ts'
import { writeFlash } from './flash.ts'
import { blankForm, type FormState } from './form-state.ts'

interface Draft {
  /** The path of the form's page, with its query. */
  page: string
  /** The user whose page it was. */
  owner: string | undefined
  values: FormState<string>['values']
}

/**
 * Keeps what was typed into a form that came without JavaScript, for its page after a login by the
 * same user. The script of a page keeps its own draft. Returns false for a text that is too long.
 */
export async function keepDraft({ page, owner, values }: Draft): Promise<boolean> {
  const hasScripts = (await headers()).has('next-action')
  if (hasScripts || owner === undefined || Object.keys(values).length === 0) return true
  const flash = { ...blankForm<string>(), draft: 'restored', values, owner, page } as const
  return writeFlash(await cookies(), flash, getEnvironment().isProduction)
}
