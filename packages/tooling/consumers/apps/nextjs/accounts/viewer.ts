import { createAuthClient, isTokenRefused, type User } from '@pockitflyer/auth-client'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { url } from './session'

/** The user of this request; `undefined` when there is none, or the session is over. */
export const getViewer = cache(async (): Promise<User | undefined> => {
  const accessToken = (await cookies()).get('access')?.value
  if (accessToken === undefined) return undefined
  try {
    return await createAuthClient({ url, accessToken }).auth.me.query()
  } catch (error) {
    if (isTokenRefused(error)) return undefined
    throw error
  }
})
