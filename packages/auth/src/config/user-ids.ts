import { count } from '@pockitflyer/server/settings'

/** The variables of user ids. */
export const userIdVariables = { USER_ID_GAP: count(1, 10_000_000).prefault('100000') }
