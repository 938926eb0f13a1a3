import { randomUUID } from 'node:crypto'
import { readBearerToken } from '@pockitflyer/auth-protocol/claims'
import { chooseLanguage, type Language } from '@pockitflyer/languages'
import { translate } from '@pockitflyer/languages/service'
import { toCanonicalAddress } from '@pockitflyer/server/address'
import type { Auth } from '../auth.ts'
import type { RequestContext } from '../procedures/context.ts'
import { accept } from '../tokens/accept.ts'
import { parseTraceparent } from '@pockitflyer/server/traceparent'

/** Receives each unknown exception, with the request id that the client got. */
export type ReportError = (error: unknown, details: { requestId: string; path: string }) => void

/** Longest stored user agent, in characters. */
const userAgentMaxLength = 512

/** Creates the context of one request. `address` is the network address of the connection. */
export function createContext(auth: Auth, request: Request, address: string | undefined): RequestContext {
  const language = readLanguage(request, auth.settings.languages)
  const client = {
    ip: toCanonicalAddress(address ?? '') ?? null,
    userAgent: request.headers.get('user-agent')?.slice(0, userAgentMaxLength) ?? null,
    language: auth.settings.languages.length > 0 ? language : undefined,
  }
  return {
    auth,
    caller: { client },
    authenticate: once(async () => {
      const { token } = accept(readBearerToken(request.headers.get('authorization')))
      return { client, claims: await auth.tokens.verify(token, 'access') }
    }),
    language,
    translate: (text) => translate(text, language),
    requestId: parseTraceparent(request.headers.get('traceparent'))?.traceId ?? randomUUID(),
  }
}

/** Returns the language of the offered ones that a request wants most, else the first. */
function readLanguage({ headers }: Request, offered: readonly Language[]): Language {
  const [usual] = offered
  if (usual === undefined) return 'en'
  return chooseLanguage(headers.get('accept-language'), offered) ?? usual
}

/** Calls `read` at first use and returns the same answer from then on. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return async () => (value ??= read())
}
