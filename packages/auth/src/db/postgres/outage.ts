export { isOutage } from '@pockitflyer/postgres-pool'
