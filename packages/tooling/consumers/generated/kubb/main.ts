import { listSessions, login, refresh } from './client'

const [baseURL = '', email = '', password = ''] = process.argv.slice(2)

const session = await login({ email, password }, undefined, { baseURL })
const pair = await refresh({ refresh: session.refresh }, { baseURL })
const headers = { Authorization: `Bearer ${pair.access}` }
const sessions = await listSessions({}, { baseURL, headers })

const isRotated = pair.refresh !== session.refresh
console.log(
  JSON.stringify({ email: session.user.email, isRotated, current: sessions.some((one) => one.is_current) }),
)
