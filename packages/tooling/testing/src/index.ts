export {
  type ApiProcess,
  cheapHashes,
  startApiProcess,
  startTestApi,
  testSecretKey,
} from '@pockitflyer/api/testing'
