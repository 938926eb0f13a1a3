import { startOver } from '@pockitflyer/server/start-over'
import { pickAllowed } from './allowed-environment.ts'

/** The web app as a process, with no variable that it may not have. */
startOver({ env: { ...pickAllowed(process.env), NODE_ENV: process.env.NODE_ENV ?? 'development' } })
const { serve } = await import('./server.ts')
await serve()
