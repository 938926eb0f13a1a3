import { listSessions, login, refresh } from './client'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)

// Orval writes paths into its calls. Name the origin of a deployed service as its `baseUrl`.
const { fetch } = globalThis
globalThis.fetch = (input, init) => fetch(new URL(String(input), baseUrl), init)

const session = await login({ email, password })
if (session.status !== 200) throw new Error(JSON.stringify(session.data))

const pair = await refresh({ refresh: session.data.refresh })
if (pair.status !== 200) throw new Error(JSON.stringify(pair.data))

const headers = { Authorization: `Bearer ${pair.data.access}` }
const sessions = await listSessions({}, { headers })
if (sessions.status !== 200) throw new Error(JSON.stringify(sessions.data))

const isRotated = pair.data.refresh !== session.data.refresh
console.log(
  JSON.stringify({
    email: session.data.user.email,
    isRotated,
    current: sessions.data.some((one) => one.is_current),
  }),
)
