/** What the login form shows: the visitor's last attempt and what became of it. Never the password. */
export interface LoginState {
  /** How often the form was sent; it makes a repeated error a new one for screen readers. */
  attempt: number
  email: string
  errors: LoginErrors
}

/** What is wrong, beside the field it is about; `form` when it is about none. */
export interface LoginErrors {
  email?: string | undefined
  password?: string | undefined
  form?: string | undefined
}

/** The form before anybody used it. */
export const blankLogin: LoginState = { attempt: 0, email: '', errors: {} }

/** Where the visitor goes on after a failed attempt: the first wrong field, else the password, which is gone. */
export function findFieldToCorrect({ attempt, errors }: LoginState): 'email' | 'password' | undefined {
  if (attempt === 0) return undefined
  return errors.email === undefined ? 'password' : 'email'
}
