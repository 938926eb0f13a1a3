import { startOver } from '@pockitflyer/server/start-over'

/** The composition of the worker: the one file of this app that reads the environment. */
startOver({ env: process.env })
const { serve } = await import('./serve.ts')
await serve(process.env)
