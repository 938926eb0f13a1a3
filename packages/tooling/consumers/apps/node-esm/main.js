import { createAuthClient, isAuthError } from '@pockitflyer/auth-client'
import { createFileStore } from '@pockitflyer/auth-client/node'

const [url, email, password] = process.argv.slice(2)
const accounts = createAuthClient({ url, store: createFileStore('session.json') })

try {
  await accounts.auth.login.mutate({ email, password })
} catch (error) {
  if (!isAuthError(error, 'invalid_credentials')) throw error
  console.error('That email and password do not match.')
  process.exit(1)
}
const user = await accounts.auth.me.query()

// For another service, which refused the first token: the client refreshes.
const refused = await accounts.getAccessToken()
const access = await accounts.getAccessToken({ refused })

const { kind } = await accounts.logOut()
console.log(JSON.stringify({ email: user.email, isRefreshed: access !== refused, logOut: kind }))
