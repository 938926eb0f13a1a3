import { type Endpoint, endpoints } from '../endpoints.ts'
import { headers } from './headers.ts'
import { introduction } from './introduction.ts'
import type { OpenApiDocument } from './model.ts'
import { describeOperation, type WholeOperation } from './operation-object.ts'
import { createSchemas } from './schemas.ts'
import { shareResponses } from './shared-responses.ts'

/**
 * Describes the REST endpoints in OpenAPI 3.1.1: the route table, the schemas that the procedures check, and every answer
 * as it is rendered. It depends on no setting.
 * @throws {TypeError} when a procedure of the route table is not described in openapi/operations.ts
 */
export async function createOpenApiDocument(): Promise<OpenApiDocument> {
  const described = await Promise.all(
    endpoints.map(
      async (endpoint): Promise<[string, Record<string, WholeOperation>]> => [
        `${endpoint.path}/`,
        await describeEndpoint(endpoint),
      ],
    ),
  )
  const { paths, responses } = shareResponses(Object.fromEntries(described))
  return {
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
      parameters: { format, 'Device-Token': deviceToken },
      headers,
      responses,
      schemas: createSchemas(),
    },
  }
}

/** The document as it is served and committed. */
export function renderOpenApiDocument(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

const accessToken = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'The `access` of a login or a refresh.',
}

const deviceToken = {
  name: 'Device-Token',
  in: 'header',
  description:
    'What the last login on this device answered in this header. With it, wrong passwords from elsewhere do not keep the owner waiting. ' +
    'One that is forged, of another account, over 180 days old or older than the password counts as none.',
  schema: { type: 'string' },
}

const format = {
  name: 'format',
  in: 'query',
  description: 'The form of the answer. There is one, and it need not be asked for.',
  schema: { type: 'string', enum: ['json'] },
}

async function describeEndpoint(endpoint: Endpoint): Promise<Record<string, WholeOperation>> {
  const described = await Promise.all(
    Object.entries(endpoint.procedures).map(
      async ([method, procedure]): Promise<[string, WholeOperation]> => [
        method.toLowerCase(),
        await describeOperation(endpoint, { method, procedure }),
      ],
    ),
  )
  return Object.fromEntries(described)
}
