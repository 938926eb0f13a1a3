import { startOver } from '@pockitflyer/server/start-over'
import { pickAllowed } from './allowed-environment.ts'

/** Runs the web app as a process, with its allowed environment only. */
startOver({ env: { ...pickAllowed(process.env), NODE_ENV: process.env.NODE_ENV ?? 'development' } })
const { serve } = await import('./server.ts')
await serve()
