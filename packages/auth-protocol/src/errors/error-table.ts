import { inputErrors } from './input-errors.ts'
import { serviceErrors } from './service-errors.ts'
import { tokenErrors } from './token-errors.ts'

type ErrorTable = typeof inputErrors & typeof tokenErrors & typeof serviceErrors

/**
 * The one table of errors: code → HTTP status → public text → note. The texts are those of Django
 * REST framework and SimpleJWT 5.5.1; `restCode` is the `code` of REST where SimpleJWT has one. The
 * note tells the developer of a client what an error means and what to do about it, in CommonMark.
 * tRPC carries the code in `error.data.code`; REST writes the text as `detail`.
 *
 * @example errorTable.token_expired.text // 'Token is expired'
 */
export const errorTable: ErrorTable = { ...inputErrors, ...tokenErrors, ...serviceErrors }

/**
 * Every error code of the service. A service newer than a client may send another: keep a default
 * where you switch.
 */
export type AuthErrorCode = keyof ErrorTable

/** The HTTP status of an error of the table. */
export type ErrorStatus = ErrorTable[AuthErrorCode]['status']
