import type { ProcedureName } from './procedures.ts'

/** The methods that an endpoint can have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** How `OPTIONS` describes an endpoint: the words and fields of the view that it replaces. */
export interface Description {
  name: string
  text: string
  /** The fields of its serializer; none for a view without one. */
  fields: Record<string, 'required' | 'optional' | 'read_only'> | undefined
}

/** A status of success other than 200. */
export type SuccessStatus = 201 | 204

/** An endpoint: which procedure answers which method, and whether it asks for an access token first. */
export interface Endpoint {
  /** Without the trailing slash, which may be there or not. A part like `{id}` stands for the input field of that name. */
  path: string
  isProtected: boolean
  procedures: Partial<Record<Method, ProcedureName>>
  /** What success answers where it is not 200; 204 has no body. */
  statuses?: Partial<Record<Method, SuccessStatus>>
  /** Input fields of `GET` that stand in the query, and how each is read from its text. */
  query?: Record<string, (text: string) => unknown>
  /** Input fields that are objects. What is in them has a dot in its name in a form, as in `profile.bio`. */
  nested?: string[]
  /** Fields of the input and the answer that stand in a header instead of a body, with its name. */
  headers?: Record<string, string>
  description: Description
}

/** Every REST endpoint. A new procedure stands here or in `notExposed`. */
export const endpoints: Endpoint[] = [
  {
    path: '/api/users/policy',
    isProtected: false,
    procedures: { GET: 'auth.policy' },
    description: { name: 'Policy', text: '', fields: undefined },
  },
  {
    path: '/api/users/register',
    isProtected: false,
    procedures: { POST: 'auth.register' },
    statuses: { POST: 201 },
    headers: { device_token: 'Device-Token' },
    description: {
      name: 'Register',
      text: '',
      fields: { email: 'required', password: 'required', display_name: 'optional' },
    },
  },
  {
    path: '/api/users/login',
    isProtected: false,
    procedures: { POST: 'auth.login' },
    headers: { device_token: 'Device-Token' },
    description: { name: 'Login', text: '', fields: { email: 'required', password: 'required' } },
  },
  {
    path: '/api/users/token/refresh',
    isProtected: false,
    procedures: { POST: 'auth.refresh' },
    description: {
      name: 'Token Refresh',
      text: 'Takes a refresh type JSON web token and returns an access type JSON web\ntoken if the refresh token is valid.',
      fields: { refresh: 'required', access: 'read_only' },
    },
  },
  {
    path: '/api/users/token/verify',
    isProtected: false,
    procedures: { POST: 'auth.verify' },
    description: {
      name: 'Token Verify',
      text: "Takes a token and indicates if it is valid.  This view provides no\ninformation about a token's fitness for a particular use.",
      fields: { token: 'required' },
    },
  },
  {
    path: '/api/users/token/blacklist',
    isProtected: false,
    procedures: { POST: 'auth.logout' },
    description: {
      name: 'Token Blacklist',
      text: 'Takes a token and blacklists it. Must be used with the\n`rest_framework_simplejwt.token_blacklist` app installed.',
      fields: { refresh: 'required' },
    },
  },
  {
    path: '/api/users/me',
    isProtected: true,
    procedures: { GET: 'auth.me', PATCH: 'auth.updateProfile' },
    nested: ['profile'],
    description: { name: 'Me', text: '', fields: undefined },
  },
  {
    path: '/api/users/sessions',
    isProtected: true,
    procedures: { GET: 'auth.listSessions' },
    query: { limit: readNumber, before: String },
    description: { name: 'Session List', text: '', fields: undefined },
  },
  {
    path: '/api/users/sessions/end-others',
    isProtected: true,
    procedures: { POST: 'auth.endOtherSessions' },
    description: { name: 'End Other Sessions', text: '', fields: undefined },
  },
  {
    path: '/api/users/sessions/end-all',
    isProtected: true,
    procedures: { POST: 'auth.endAllSessions' },
    description: { name: 'End All Sessions', text: '', fields: undefined },
  },
  {
    path: '/api/users/sessions/{id}',
    isProtected: true,
    procedures: { DELETE: 'auth.endSession' },
    statuses: { DELETE: 204 },
    description: { name: 'Session', text: '', fields: undefined },
  },
  {
    path: '/api/users/password/change',
    isProtected: true,
    procedures: { POST: 'auth.changePassword' },
    description: {
      name: 'Password Change',
      text: '',
      fields: { current_password: 'required', new_password: 'required' },
    },
  },
]

/** Procedures that only tRPC serves: who asks by REST whether a token is worth anything asks `GET /api/users/me/` with it. */
export const notExposed: ProcedureName[] = ['auth.introspect']

/** The endpoint of a path, and what stands in the path where the endpoint has parameters. */
export interface FoundEndpoint {
  endpoint: Endpoint
  parameters: Record<string, string>
}

/** Finds the endpoint of a path, with or without the trailing slash. One without parameters goes before one with. */
export function findEndpoint(pathname: string): FoundEndpoint | undefined {
  const path = pathname.replace(/\/$/, '')
  const plain = plainEndpoints.get(path)
  if (plain !== undefined) return { endpoint: plain, parameters: {} }
  for (const { endpoint, pattern } of patterns) {
    const parameters = pattern.exec(path)?.groups
    if (parameters !== undefined) return { endpoint, parameters }
  }
  return undefined
}

/** The names of the parameters of a path, in their order. */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
}

const hasParameters = ({ path }: Endpoint) => pathParameters(path).length > 0

const plainEndpoints = new Map(
  endpoints.filter((endpoint) => !hasParameters(endpoint)).map((endpoint) => [endpoint.path, endpoint]),
)

const patterns = endpoints.filter(hasParameters).map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** Finds the procedure that answers a method, and the status of its success. */
export function findProcedure(
  { procedures, statuses = {} }: Endpoint,
  wanted: string,
): { path: ProcedureName; status: 200 | SuccessStatus } | undefined {
  const method = methods.find((method) => method === wanted)
  const path = method && procedures[method]
  return path === undefined ? undefined : { path, status: (method && statuses[method]) ?? 200 }
}

/** A number in a query; whatever else stands there is left for the input's schema to refuse. */
function readNumber(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text
}

/** Tells whether the body of a request means anything (RFC 9110 sections 9.3.1, 9.3.2 and 9.3.5). */
export function hasBody(method: string): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(method)
}

/** Every method, in Django REST framework's order. */
const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods of an endpoint in Django REST framework's order. */
export function allowedMethods({ procedures }: Endpoint): string[] {
  const allowed = methods.filter((method) => method in procedures)
  return [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}
