import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './instrumentation.ts'

/**
 * Names the language of each answer, and says that it depends on the request, as Django's
 * LocaleMiddleware does (RFC 9110 sections 8.5 and 12.5.5).
 */
export const nameLanguage: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.res.headers.append('Vary', 'Accept-Language')
  c.res.headers.set('Content-Language', c.get('context').language)
}
