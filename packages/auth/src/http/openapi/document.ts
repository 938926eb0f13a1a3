import { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { endpoints } from '../routes.ts'
import { headers } from './headers.ts'
import { introduction } from './introduction.ts'
import { describeOperation } from './operation.ts'
import type { SharedResponses } from './responses.ts'

/** An OpenAPI document. */
export type OpenApiDocument = ReturnType<typeof createDocument>

/**
 * Creates the OpenAPI 3.1.1 document of the REST endpoints: the routes, the schemas that the
 * procedures check, and every answer as it is rendered. It depends on no setting.
 * @throws {TypeError} when a procedure with an endpoint has no `docs`
 */
export async function createOpenApiDocument(): Promise<OpenApiDocument> {
  const shared: SharedResponses = new Map()
  const paths: ZodOpenApiPathsObject = {}
  for (const { path, operations } of endpoints) {
    const methods = await Promise.all(
      Array.from(
        operations,
        async ([method, operation]) =>
          [method.toLowerCase(), await describeOperation(operation, shared)] as const,
      ),
    )
    paths[`${path}/`] = Object.fromEntries(methods)
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Pockitflyer accounts',
        version: '1.0.0',
        summary: 'Logs users of the Pockitflyer apps in and keeps them logged in.',
        description: introduction,
      },
      servers: [{ url: '/', description: 'Where this document was found.' }],
      tags: [
        { name: 'Sessions', description: 'Log in, stay logged in, log out.' },
        { name: 'Account', description: 'Who is logged in.' },
        { name: 'Tokens', description: 'What a token is worth.' },
      ],
      paths,
      components: {
        securitySchemes: { accessToken },
        parameters: { 'Device-Token': deviceToken },
        headers,
        responses: Object.fromEntries(shared),
      },
    },
    { override },
  )
}

type Override = NonNullable<NonNullable<Parameters<typeof createDocument>[1]>['override']>

/**
 * Allows new fields in answers, since clients ignore unknown ones, and drops the bounds of safe
 * integers.
 */
const override: Override = ({ jsonSchema, zodSchema, io }) => {
  const isOpen = zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined
  if (io === 'output' && isOpen) delete jsonSchema.additionalProperties
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

/** Returns the document as it is served and committed. */
export function renderOpenApiDocument(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

const accessToken = {
  type: 'http' as const,
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'The `access` of a login or a refresh.',
}

const deviceToken = {
  name: 'Device-Token',
  in: 'header' as const,
  description:
    'What the last login on this device answered in this header. With it, wrong passwords from elsewhere do not keep the owner waiting. ' +
    'One that is forged, of another account, over 180 days old or older than the password counts as none.',
  schema: { type: 'string' as const },
}
