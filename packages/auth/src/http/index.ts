export { createContext, type ReportError, type RequestContext } from './context.ts'
export { handleRest, restPath } from './rest.ts'
export type { AppRouter } from './router.ts'
export { handleTrpc, trpcPath } from './trpc.ts'
