import { formMaxBytes, malformed, type ErrorResponse, tooLarge } from '../front/faults.ts'
import { areFieldsReadable, isReplyReadable } from './action-arguments.ts'

/**
 * Returns what is wrong with the body of a form. Next.js would take it for its own fault and answer
 * 500. A form comes as multipart or, from a script without input, as text; any other type calls no
 * action.
 */
export async function findFormFault(request: Request): Promise<ErrorResponse | undefined> {
  const type = request.headers.get('content-type') ?? ''
  const isAction = request.headers.has('next-action')
  const isMultipart = /^multipart\/form-data/i.test(type)
  if (!isMultipart && !isAction) return undefined
  const body = await request.arrayBuffer()
  if (body.byteLength > formMaxBytes) return tooLarge
  const isReadable = isMultipart ? await isFormReadable(body, type, isAction) : isReplyReadable(toText(body))
  return isReadable ? undefined : malformed
}

async function isFormReadable(body: ArrayBuffer, type: string, isAction: boolean): Promise<boolean> {
  const form = await readForm(body, type)
  if (form === undefined) return false
  return isAction ? isReplyReadable(form.get('0')) : areFieldsReadable(form)
}

async function readForm(body: ArrayBuffer, type: string): Promise<FormData | undefined> {
  try {
    return await new Response(body, { headers: { 'Content-Type': type } }).formData()
  } catch {
    return undefined
  }
}

function toText(body: ArrayBuffer): string {
  return Buffer.from(body).toString('utf8')
}
