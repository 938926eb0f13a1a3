'use client'

import { useAfterLoad } from '../after-load/use-after-load.ts'

/** Takes the notice of a page out of the address bar: a reload does not say it again. */
export function ForgetNotice(): null {
  useAfterLoad(({ forgetNotice }) => forgetNotice())
  return null
}
