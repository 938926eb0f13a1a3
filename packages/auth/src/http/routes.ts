import { z } from 'zod'
import { listDefinitions, type ProcedureDefinition, unwrap } from '../procedures/definitions.ts'
import type { Method, RestMeta } from '../procedures/meta.ts'
import { appRouter } from '../procedures/router.ts'

/** One method of an endpoint. */
export interface Operation extends ProcedureDefinition {
  rest: RestMeta
  /** Input fields of `GET` that are in the query, and the reader of each one's text. */
  query: Record<string, (text: string) => unknown>
  /**
   * Input fields that are objects. In a form their fields have a dot in the name, as in
   * `profile.bio`.
   */
  nested: string[]
}

/** An endpoint: the operations of one path. */
export interface Endpoint {
  /**
   * Without the optional trailing slash. A part like `{id}` stands for the input field of that
   * name.
   */
  path: string
  /** Whether it checks for an access token first. */
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
 * @throws {TypeError} when two procedures of a path have the same method, or only one of them is
 *   protected
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

/** Returns the reader of a query field's text. */
function readerOf(field: unknown): (text: string) => unknown {
  return unwrap(field) instanceof z.ZodNumber ? readNumber : String
}

/** Reads a number in a query; the input's schema refuses other text. */
function readNumber(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text
}

/** The endpoint of a path, and the values of the path's parameters. */
export interface FoundEndpoint {
  endpoint: Endpoint
  parameters: Record<string, string>
}

/**
 * Finds the endpoint of a path, with or without the trailing slash. An endpoint without parameters
 * takes precedence.
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

/** Returns the names of the parameters of a path, in order. */
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

/** Finds the operation of a method. `HEAD` uses that of `GET`. */
export function findOperation({ operations }: Endpoint, wanted: string): Operation | undefined {
  const method = methods.find((method) => method === (wanted === 'HEAD' ? 'GET' : wanted))
  return method && operations.get(method)
}

/**
 * Returns whether a request with this method has a meaningful body (RFC 9110 sections 9.3.1, 9.3.2
 * and 9.3.5).
 */
export function hasBody(method: string): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(method)
}

/** The methods of an endpoint in Django REST framework's order. */
export function allowedMethods({ operations }: Endpoint): string[] {
  return [...operations.keys(), ...(operations.has('GET') ? ['HEAD'] : []), 'OPTIONS']
}
