export type { Job, RequestReader } from './instrument.ts'
export { logRequests } from './log-requests.ts'
export { routeOf } from './route.ts'
export { startWatch, type Watch, type WatchOptions } from './watch.ts'
