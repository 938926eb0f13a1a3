import { accountPath, flyersPath } from '../../session/paths.ts'

/** The pages of the account, as its navigation lists them. Their names stand in the texts. */
export const accountPages = {
  profile: { path: accountPath },
  flyers: { path: flyersPath },
  sessions: { path: '/account/sessions' },
  password: { path: '/account/password' },
} as const

export type AccountPage = (typeof accountPages)[keyof typeof accountPages]
