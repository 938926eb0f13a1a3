import '@pockitflyer/server/compile-cache'

/** The composition of the service. */
const { serve } = await import('./serve.ts')
await serve(process.env)
