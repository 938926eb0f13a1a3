import { count } from './values.ts'

/** How many user ids are left out where nothing else is set. */
export const defaultUserIdGap = 100_000

/** The variables of user ids. */
export const userIdVariables = { USER_ID_GAP: count(1, 10_000_000).prefault(String(defaultUserIdGap)) }
