import { ok } from '@oazapfts/runtime'
import { defaults, listSessions, login, refresh } from './client'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)
defaults.baseUrl = baseUrl

const session = await ok(login({ email, password }))
const pair = await ok(refresh({ refresh: session.refresh }))

defaults.headers = { Authorization: `Bearer ${pair.access}` }
const sessions = await ok(listSessions())

const isRotated = pair.refresh !== session.refresh
console.log(
  JSON.stringify({ email: session.user.email, isRotated, current: sessions.some((one) => one.is_current) }),
)
