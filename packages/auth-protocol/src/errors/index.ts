export { type AuthErrorCode, type ErrorStatus, errorTable } from './error-table.ts'
export type { FieldErrors, ServiceErrorData } from './error-data.ts'
export { detailTexts, fieldTexts, fillText } from './field-texts.ts'
export { tokenErrors } from './token-errors.ts'
