import { createAccounts } from './accounts'

async function main({ url, email, password }) {
  const accounts = createAccounts(url)
  await accounts.auth.login.mutate({ email, password })
  const user = await accounts.auth.me.query()
  const refused = await accounts.getAccessToken()
  const access = await accounts.getAccessToken({ refused })
  const { kind } = await accounts.logOut()
  return { email: user.email, isRefreshed: access !== refused, logOut: kind }
}

main(globalThis.input).then(globalThis.done, globalThis.done)
