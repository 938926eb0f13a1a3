import { Api } from './client'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)
const { api } = new Api<string>({
  baseUrl,
  securityWorker: (access) => (access === null ? {} : { headers: { Authorization: `Bearer ${access}` } }),
})

const { data: session } = await api.login({ email, password })
const { data: pair } = await api.refresh({ refresh: session.refresh })
const headers = { Authorization: `Bearer ${pair.access}` }
const { data: sessions } = await api.listSessions({}, { headers })

const isRotated = pair.refresh !== session.refresh
console.log(
  JSON.stringify({ email: session.user.email, isRotated, current: sessions.some((one) => one.is_current) }),
)
