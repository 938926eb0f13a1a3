import { z } from 'zod'
import { listDefinitions, type ProcedureDefinition, unwrap } from '../procedures/definitions.ts'
import type { Method, RestMeta } from '../procedures/meta.ts'
import { appRouter } from '../procedures/router.ts'

/** What answers one method of an endpoint. */
export interface Operation extends ProcedureDefinition {
  rest: RestMeta
  /** Input fields of `GET` that stand in the query, and how each is read from its text. */
  query: Record<string, (text: string) => unknown>
  /**
   * Input fields that are objects. What is in them has a dot in its name in a form, as in
   * `profile.bio`.
   */
  nested: string[]
}

/** An endpoint: what answers at one path. */
export interface Endpoint {
  /**
   * Without the trailing slash, which may be there or not. A part like `{id}` stands for the input
   * field of that name.
   */
  path: string
  /** Whether it asks for an access token first. */
  isProtected: boolean
  /** In Django REST framework's order of the methods. */
  operations: Map<Method, Operation>
}

/** Every method, in Django REST framework's order. */
const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Every REST endpoint, derived from the router. */
export const endpoints: Endpoint[] = listEndpoints(listDefinitions(appRouter))

/**
 * Derives the REST endpoints of procedures.
 * @throws {TypeError} when two procedures of a path differ in whether they ask for a token, or have
 *   the same method
 */
export function listEndpoints(definitions: ProcedureDefinition[]): Endpoint[] {
  const operations = definitions.flatMap(toOperation)
  return Array.from(
    Map.groupBy(operations, ({ rest }) => rest.path),
    ([path, all]) => {
      const found = methods.flatMap((method) => {
        const [operation, second] = all.filter(({ rest }) => rest.method === method)
        if (second !== undefined) throw new TypeError(`Two procedures answer ${method} ${path}.`)
        return operation === undefined ? [] : ([[method, operation]] as const)
      })
      const [isProtected = false, other] = new Set(all.map(({ meta }) => meta.isProtected ?? false))
      if (other !== undefined) throw new TypeError(`A part of ${path} asks for an access token.`)
      return { path, isProtected, operations: new Map(found) }
    },
  )
}

function toOperation(definition: ProcedureDefinition): Operation[] {
  const { rest } = definition.meta
  if (rest === undefined) return []
  const fields = Object.entries(definition.input?.shape ?? {})
  const isQuery = rest.method === 'GET'
  return [
    {
      ...definition,
      rest,
      query: Object.fromEntries(isQuery ? fields.map(([name, field]) => [name, readerOf(field)]) : []),
      nested: fields.filter(([, field]) => unwrap(field) instanceof z.ZodObject).map(([name]) => name),
    },
  ]
}

/** How a field of a query is read from its text. */
function readerOf(field: unknown): (text: string) => unknown {
  return unwrap(field) instanceof z.ZodNumber ? readNumber : String
}

/** A number in a query; other text is left for the input's schema to refuse. */
function readNumber(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text
}

/** The endpoint of a path, and what stands in the path where the endpoint has parameters. */
export interface FoundEndpoint {
  endpoint: Endpoint
  parameters: Record<string, string>
}

/**
 * Finds the endpoint of a path, with or without the trailing slash. One without parameters goes
 * before one with.
 */
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

/** Finds what answers a method. `HEAD` is answered as `GET` is. */
export function findOperation({ operations }: Endpoint, wanted: string): Operation | undefined {
  const method = methods.find((method) => method === (wanted === 'HEAD' ? 'GET' : wanted))
  return method && operations.get(method)
}

/**
 * Tells whether the body of a request means anything (RFC 9110 sections 9.3.1, 9.3.2 and 9.3.5).
 */
export function hasBody(method: string): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(method)
}

/** The methods of an endpoint in Django REST framework's order. */
export function allowedMethods({ operations }: Endpoint): string[] {
  return [...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : []), 'OPTIONS']
}
