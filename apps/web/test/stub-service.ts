import { playService, type PlayedService } from './played-service.ts'
import { startWeb, type WebServer } from './web-server.ts'

/** A web app in front of a service that a test plays. */
export interface Stage extends PlayedService {
  web: WebServer
}

/** Starts a web app in front of a service that records what it hears. */
export async function setStage(env: Record<string, string> = {}): Promise<Stage> {
  const service = await playService()
  const web = await startWeb(service.url, env)
  return {
    ...service,
    web,
    async stop() {
      await web.stop()
      await service.stop()
    },
  }
}
