export { findPortFault } from './port.ts'
export { SettingsError, readSettings } from './read-settings.ts'
export {
  count,
  duration,
  flag,
  httpUrl,
  logLevel,
  port,
  positiveDuration,
  rate,
  seconds,
} from './values.ts'
