import type { Request, Response } from 'express'

const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const

/** Keeps tokens where no script of a page reads them. */
export function keep(response: Response, tokens: { access: string; refresh?: string }): void {
  response.cookie('access', tokens.access, attributes)
  if (tokens.refresh !== undefined) response.cookie('refresh', tokens.refresh, attributes)
}

export function read(request: Request): Record<string, string | undefined> {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return Object.fromEntries(pairs)
}

export function forget(response: Response): void {
  response.clearCookie('access', attributes).clearCookie('refresh', attributes)
}
