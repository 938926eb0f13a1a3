import { createAuthClient } from '@pockitflyer/auth-client'
import { createStorageStore } from '@pockitflyer/auth-client/storage'

export const accounts = createAuthClient({
  url: import.meta.env.VITE_ACCOUNTS_URL, // https://accounts.example.com/api/trpc
  store: createStorageStore(() => localStorage),
})
