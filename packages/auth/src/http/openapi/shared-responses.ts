import type { OpenApiDocument, ResponseObject } from './model.ts'
import type { WholeOperation } from './operation-object.ts'

/** Statuses whose answer is the same at every operation, and its name among the components. */
const names: Record<string, string> = {
  404: 'NotFound',
  406: 'NotAcceptable',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  500: 'InternalError',
}

/** Writes each shared answer once and points at it where it stood. */
export function shareResponses(paths: Record<string, Record<string, WholeOperation>>): {
  paths: OpenApiDocument['paths']
  responses: Record<string, ResponseObject>
} {
  const all = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ responses }) => Object.entries(responses)),
  )
  return {
    paths: mapValues(paths, (methods) =>
      mapValues(methods, (operation) => ({
        ...operation,
        responses: mapValues(operation.responses, (response, status) => {
          const name = names[status]
          return name === undefined ? response : { $ref: `#/components/responses/${name}` }
        }),
      })),
    ),
    responses: Object.fromEntries(
      all.flatMap(([status, response]) => {
        const name = names[status]
        return name === undefined ? [] : [[name, response]]
      }),
    ),
  }
}

function mapValues<From, To>(
  record: Record<string, From>,
  map: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
