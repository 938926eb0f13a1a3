import { z } from 'zod'
import { code, link } from './mailed-link.ts'

/**
 * What an undo takes: the link and the code of the same mail.
 * @example undoInput.parse({ token: link, code: '123 456' })
 */
export const undoInput = z.object({ token: link.unwrap(), code: code.unwrap() }).meta({ id: 'UndoInput' })

export type UndoInput = z.infer<typeof undoInput>
