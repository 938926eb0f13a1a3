import { fillText, readTexts } from '../texts/texts.ts'
import { me, readAsViewer } from './authenticated-query.ts'

/** Returns the error of a form that came from the page of another user. */
export async function describeOtherUser(): Promise<{ form: string }> {
  const { saved, savedUnknown } = (await readTexts()).otherUser
  const viewer = await readAsViewer(me)
  if (viewer.kind !== 'answered') return { form: savedUnknown }
  return { form: fillText(saved, { email: viewer.answer.email }) }
}
