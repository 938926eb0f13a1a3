import { accountPath, flyersPath } from '../../session/paths.ts'

/** The pages of the account, as its navigation lists them. */
export const accountPages = {
  profile: { path: accountPath, name: 'Profile' },
  flyers: { path: flyersPath, name: 'Flyers' },
  sessions: { path: '/account/sessions', name: 'Devices' },
  password: { path: '/account/password', name: 'Password' },
} as const

export type AccountPage = (typeof accountPages)[keyof typeof accountPages]
