/**
 * The texts under `fields` of an error, in the words of Django REST framework where it has them.
 * `{name}` stands for a value.
 *
 * @example fillText(fieldTexts.tooLong, { count: 254 })
 */
export const fieldTexts = {
  required: 'This field is required.',
  null: 'This field may not be null.',
  blank: 'This field may not be blank.',
  notText: 'Not a valid string.',
  nullCharacter: 'Null characters are not allowed.',
  surrogate: 'Surrogate characters are not allowed: {code}.',
  tooLong: 'Ensure this field has no more than {count} characters.',
  tooManyBytes: 'Ensure this field has no more than {count} bytes.',
  tooSmall: 'Ensure this value is greater than or equal to {count}.',
  tooLarge: 'Ensure this value is less than or equal to {count}.',
  notInteger: 'A valid integer is required.',
  notBoolean: 'Must be a valid boolean.',
  notUuid: 'Must be a valid UUID.',
  notChoice: '{input} is not a valid choice.',
  notEmail: 'Enter a valid email address.',
  notObject: 'Invalid data. Expected a dictionary.',
  notFields: 'Invalid data. Expected a dictionary, but got {type}.',
  noData: 'No data provided',
  userExists: 'A user with that email already exists.',
  noSession: 'You have no such session.',
  wrongPassword: 'Your current password was entered incorrectly. Please enter it again.',
  samePassword: 'The new password must differ from the current one.',
  passwordTooShort: 'This password is too short. It must contain at least {count} characters.',
  passwordTooCommon: 'This password is too common.',
  sameEmail: 'This is your email already.',
} as const

/**
 * Texts of `detail` that say more than the table of errors, and those of answers that are no error.
 *
 * @example fillText(detailTexts.methodNotAllowed, { method: 'PUT' })
 */
export const detailTexts = {
  methodNotAllowed: 'Method "{method}" not allowed.',
  unsupportedMediaType: 'Unsupported media type "{type}" in request.',
  invalidJson: 'JSON parse error - The body is not valid JSON',
  invalidMultipart: 'Multipart form parse error - {reason}',
  throttledForOne: 'Request was throttled. Expected available in {count} second.',
  throttledFor: 'Request was throttled. Expected available in {count} seconds.',
  invalidToken: 'Given token not valid for any token type',
  mailSent: 'Verification e-mail sent.',
} as const
