export {
  type ApiProcess,
  cheapHashes,
  startApiProcess,
  startTestApi,
  testSecretKey,
} from '@pockitflyer/api/testing'
export { doMailJobs, mailEnv, mailLifetimes } from '@pockitflyer/auth/testing'
