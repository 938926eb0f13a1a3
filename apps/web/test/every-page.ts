import type { Page } from '@playwright/test'
import { allTexts, type Texts } from '../src/texts/all-texts.ts'

/** A page in one of its states. */
export interface State {
  name: string
  path: string
  /** What leads to the state, done when the page shows it. */
  act?: (page: Page) => Promise<unknown>
}

/** Sends a form, and waits for an error beside a field. */
const send = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('main').getByRole('alert').first().waitFor()
}

/** Every page that a stranger sees, in the states that it can be opened in, in a language. */
export const listStrangersPages = ({ loginForm, registerForm, forgotPassword }: Texts): State[] => [
  { name: 'login', path: '/login' },
  { name: 'login, logged out', path: '/login?notice=logged-out' },
  { name: 'login, blank', path: '/login', act: send(loginForm.submit) },
  { name: 'register', path: '/register' },
  { name: 'register, blank', path: '/register', act: send(registerForm.submit) },
  { name: 'forgot password', path: '/forgot-password' },
  { name: 'forgot password, blank', path: '/forgot-password', act: send(forgotPassword.send) },
  { name: 'reset password', path: '/reset-password?t=a-link' },
  { name: 'reset password, used', path: '/reset-password?over=used' },
  { name: 'change email', path: '/change-email?t=a-link' },
  { name: 'change email, consent', path: '/change-email?t=a-link&of=old' },
  { name: 'change email, changed', path: '/change-email?over=changed' },
  { name: 'undo', path: '/undo?t=a-link' },
  { name: 'undone', path: '/undo?over=undone' },
  { name: 'verify email', path: '/verify-email?t=a-link' },
  { name: 'verify email, by hand', path: '/verify-email' },
  { name: 'verify email, over', path: '/verify-email?over=invalid' },
  { name: 'not found', path: '/no-such-page' },
]

/** Every page of the account, in a language. */
export const listAccountPages = ({ accountEmail, password }: Texts): State[] => [
  { name: 'account', path: '/account' },
  { name: 'account, saved', path: '/account?notice=profile-saved' },
  { name: 'profile form', path: '/account?edit' },
  { name: 'email', path: '/account/email' },
  { name: 'email, blank', path: '/account/email', act: send(accountEmail.send) },
  { name: 'devices', path: '/account/sessions' },
  { name: 'password', path: '/account/password' },
  { name: 'password, blank', path: '/account/password', act: send(password.save) },
]

/** The pages of the flyers, where there is a flyers service, in a language. */
export const listFlyersPages = ({ flyerForm }: Texts): State[] => [
  { name: 'flyers', path: '/flyers' },
  { name: 'flyer form', path: '/flyers?post' },
  { name: 'flyer form, blank', path: '/flyers?post', act: send(flyerForm.post) },
]

/** The same pages in English. */
export const strangersPages = listStrangersPages(allTexts.en)
export const accountPages = listAccountPages(allTexts.en)
export const flyersPages = listFlyersPages(allTexts.en)

/** Opens a page in a state. */
export async function openState(page: Page, { path, act }: State): Promise<void> {
  await page.goto(path)
  await act?.(page)
}
