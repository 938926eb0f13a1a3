import { emailOf, password } from '../data/credentials.ts'
import type { PageRequest } from './load.ts'

/** Returns the request of a browser without scripts that sends the login form for the n-th user. */
export async function fillLoginForm(url: string, n: number): Promise<PageRequest> {
  const page = await (await fetch(`${url}/login`)).text()
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)]
  const form = new FormData()
  for (const [, name = '', value = ''] of fields) form.set(name, unescapeHtml(value))
  form.set('email', emailOf(n))
  form.set('password', password)
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type') ?? ''
  const body = await encoded.text()
  return {
    method: 'POST',
    path: '/login',
    headers: { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)), Origin: url },
    body,
  }
}

/** Logs a user in by the form and returns the value of the header `Cookie`. */
export async function logInByForm(url: string, n: number): Promise<string> {
  const { path, ...request } = await fillLoginForm(url, n)
  const answer = await fetch(url + path, { ...request, redirect: 'manual' })
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '')
  if (cookies.length === 0) throw new Error(`The login form answered ${answer.status} without a session.`)
  return cookies.join('; ')
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
}
