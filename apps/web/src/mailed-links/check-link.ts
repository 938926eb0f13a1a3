import type { FormErrors } from '../forms/form-state.ts'
import { readTexts } from '../texts/texts.ts'
import { findLinkOver } from './service.ts'

interface LinkProof {
  token: string
  code?: string
  browser: string | undefined
}

/** Asks the service whether a proof is enough. */
type Check = (proof: LinkProof) => Promise<{ is_open: boolean }>

/**
 * Checks a mailed link: in the browser that asked for the mail it is enough, in another it needs
 * the code of the mail. Returns what to say about the code; `undefined`: go on.
 * @throws what the service answers for a link that goes no further
 */
export async function checkLink(
  check: Check,
  { token, code, browser }: LinkProof & { code: string },
): Promise<FormErrors<'code'> | undefined> {
  const { is_open: isOpen } = await check({ token, browser })
  if (isOpen) return undefined
  const { needed, wrong } = (await readTexts()).mailCode
  if (code.trim() === '') return { code: needed }
  try {
    await check({ token, code, browser })
    return undefined
  } catch (error) {
    // The link is good at this point, so an invalid proof is a wrong code.
    if (findLinkOver(error) === 'invalid') return { code: wrong }
    throw error
  }
}
