import { count } from '@pockitflyer/server/settings'

/** The settings of user ids, as zod schemas by name. */
export const userIdSettingFields = { USER_ID_GAP: count(1, 10_000_000).prefault('100000') }
