'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { type FormErrors, toFormErrors } from './form-errors'
import { keepDevice, keepTokens, service } from './session'

export async function logIn(_: FormErrors, form: FormData): Promise<FormErrors> {
  const jar = await cookies()
  try {
    const device_token = jar.get('device')?.value
    const session = await service.auth.login.mutate({ ...readInput(form), device_token })
    keepTokens(jar, session)
    keepDevice(jar, session.device_token)
  } catch (error) {
    return toFormErrors(error)
  }
  redirect('/account')
}

export async function register(_: FormErrors, form: FormData): Promise<FormErrors> {
  const jar = await cookies()
  try {
    const answer = await service.auth.register.mutate(readInput(form))
    if ('detail' in answer) return { message: answer.detail } // A mail must confirm it first.
    keepTokens(jar, answer)
    keepDevice(jar, answer.device_token)
  } catch (error) {
    return toFormErrors(error)
  }
  redirect('/account')
}

/** The cookies go first: this browser is logged out also while the service is down. */
export async function logOut(): Promise<void> {
  const jar = await cookies()
  const refresh = jar.get('refresh')?.value
  jar.delete('access').delete('refresh')
  if (refresh !== undefined) await service.auth.logout.mutate({ refresh }).catch(() => {})
  redirect('/login')
}

function readInput(form: FormData) {
  return { email: String(form.get('email')), password: String(form.get('password')) }
}
