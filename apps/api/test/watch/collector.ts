import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

const value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() })

const attributes = z
  .array(z.object({ key: z.string(), value }))
  .transform((list) =>
    Object.fromEntries(list.map(({ key, value }) => [key, value.stringValue ?? value.intValue])),
  )

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  status: z.object({ code: z.number().optional() }),
})

const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
})

/**
 * A collector that takes traces as OTLP in JSON (opentelemetry-proto, "OTLP/HTTP"). It is gone when
 * the test is.
 */
export async function startCollector() {
  const received: string[] = []
  const spans: z.output<typeof span>[] = []
  const services = new Set<unknown>()
  const server = createServer(async (incoming, response) => {
    const body = await json(incoming)
    received.push(`${incoming.url} ${JSON.stringify(body)}`)
    for (const { resource, scopeSpans } of request.parse(body).resourceSpans) {
      services.add(resource.attributes['service.name'])
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    response.setHeader('Content-Type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    spans,
    services,
    /** All that came, as it came. */
    text: () => received.join('\n'),
  }
}
