/** The methods that an endpoint can have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** How `OPTIONS` describes an endpoint: the words and fields of the view that it replaces. */
export interface Description {
  name: string
  text: string
  /** The fields of its serializer; none for a view without one. */
  fields: Record<string, 'required' | 'read_only'> | undefined
}

/** An endpoint: which procedure answers which method, and whether it asks for an access token first. */
export interface Endpoint {
  /** Without the trailing slash, which may be there or not. */
  path: string
  isProtected: boolean
  procedures: Partial<Record<Method, string>>
  description: Description
}

/** Every REST endpoint. A new procedure stands here or in `notExposed`. */
export const endpoints: Endpoint[] = [
  {
    path: '/api/users/login',
    isProtected: false,
    procedures: { POST: 'auth.login' },
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
    procedures: { GET: 'auth.me' },
    description: { name: 'Me', text: '', fields: undefined },
  },
]

/** Procedures that only tRPC serves. */
export const notExposed: string[] = []

/** Finds the endpoint of a path, with or without the trailing slash. */
export function findEndpoint(pathname: string): Endpoint | undefined {
  const bare = pathname.replace(/\/$/, '')
  return endpoints.find(({ path }) => path === bare)
}

/** Finds the procedure that answers a method. */
export function findProcedure({ procedures }: Endpoint, method: string): string | undefined {
  return Object.entries(procedures).find(([name]) => name === method)?.[1]
}

/** The methods of an endpoint in Django REST framework's order. */
export function allowedMethods({ procedures }: Endpoint): string[] {
  const order: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const methods = order.filter((method) => method in procedures)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}
