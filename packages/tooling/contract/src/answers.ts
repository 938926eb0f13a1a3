import { type Exchange, isRecord } from './exchange.ts'
import type { Answer } from './mask.ts'

export function pathOf({ request }: Exchange): string {
  return request.path.split('?')[0] ?? ''
}

export function contentTypeOf({ request }: Exchange): string {
  return request.headers?.['Content-Type'] ?? ''
}

export function isHtml({ headers }: Answer): boolean {
  return headers['content-type']?.startsWith('text/html') ?? false
}

export function bodyOf({ text }: Answer): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return isRecord(body) ? body : {}
  } catch {
    return {}
  }
}

export function detailOf(answer: Answer): string | undefined {
  const { detail } = bodyOf(answer)
  return typeof detail === 'string' ? detail : undefined
}

export function fieldErrors(answer: Answer): Record<string, unknown> {
  return answer.status === 400 ? bodyOf(answer) : {}
}

export function withoutCopiedClaims(answer: Answer): string {
  const { access, refresh } = bodyOf(answer)
  return JSON.stringify([access, refresh].map(maskedType))
}

function maskedType(token: unknown): unknown {
  const claims = isRecord(token) ? token['<jwt>'] : undefined
  return isRecord(claims) ? [claims['token_type'], Number(claims['user_id']), claims['has_jti']] : claims
}

export function isOddUserId(userId: unknown): boolean {
  return typeof userId === 'string' ? !/^\d+$/.test(userId) : !Number.isInteger(userId)
}
