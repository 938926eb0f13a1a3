import { AsyncLocalStorage } from 'node:async_hooks'
import {
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { Env } from 'hono'
import { parseTraceparent } from '../traceparent.ts'
import type { Instrument, RequestReader } from './instrument.ts'

interface TracingOptions {
  /** A collector that takes OTLP over HTTP, without `/v1/traces`. */
  endpoint: string
  serviceName: string
}

const silent = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} }

/**
 * Starts to trace: a span for each request or job, in the trace that its `traceparent` names, and
 * one in it for each statement. What a span says is what the log says, and the text of the
 * statement: no path, no header and no value. `log` reports a collector that fails.
 */
export function startTracing<E extends Env>(
  { endpoint, serviceName }: TracingOptions,
  { routeOf, onTrace }: RequestReader<E>,
  log: Logger,
): Instrument<E> {
  const tell = (message: string) => log.warn({ reason: message }, 'traces cannot be sent')
  diag.setLogger({ ...silent, error: tell, warn: tell }, { suppressOverrideMessage: true })
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('@pockitflyer/server')
  const running = new AsyncLocalStorage<Span>()

  return {
    async watchRequest(c, next) {
      const parent = parentOf(c.req.header('traceparent'))
      const span = tracer.startSpan(c.req.method, { kind: SpanKind.SERVER }, parent)
      onTrace?.(c, span.spanContext().traceId)
      await running.run(span, next)
      describeRequest(span, { method: c.req.method, route: routeOf(c), status: c.res.status })
      span.end()
    },
    async watchJob({ name, traceparent }, run) {
      const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER }, parentOf(traceparent))
      try {
        return await running.run(span, run)
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    onStatement({ sql, durationMs, errorCode }) {
      const parent = running.getStore()
      if (parent === undefined) return
      const span = tracer.startSpan(
        sql.trimStart().split(/\s/, 1).join('').toLowerCase(),
        {
          kind: SpanKind.CLIENT,
          startTime: Date.now() - durationMs,
          attributes: { 'db.system.name': 'postgresql', 'db.query.text': sql },
        },
        trace.setSpan(ROOT_CONTEXT, parent),
      )
      if (errorCode !== undefined) {
        span.setAttribute('db.response.status_code', errorCode).setStatus({ code: SpanStatusCode.ERROR })
      }
      span.end()
    },
    stop: () => provider.shutdown().catch((error: unknown) => tell(String(error))),
  }
}

function parentOf(traceparent: string | undefined): Context {
  const parent = parseTraceparent(traceparent ?? null)
  if (parent === undefined) return ROOT_CONTEXT
  const { traceId, spanId, isSampled } = parent
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function describeRequest(
  span: Span,
  { method, route, status }: { method: string; route: string; status: number },
): void {
  span.updateName(`${method} ${route}`).setAttributes({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
  })
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
}
