export { limitBody, type UnreadableBody } from './limit-body.ts'
export { listen, type ListenAddress, portTaken, urlOf } from './listen.ts'
export { exitOnFailure, type RunningServer, runServer, stopOnSignal } from './process.ts'
export {
  type BrokenRequest,
  toErrorResponse,
  sendErrorResponse,
  answerUnreadableRequests,
} from './error-responses.ts'
export { serveHttp } from './serve-http.ts'
export { findHostFault } from './target.ts'
