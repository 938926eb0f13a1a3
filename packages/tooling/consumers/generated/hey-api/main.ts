import { client } from './client/client.gen'
import { listSessions, login, refresh } from './client'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)
client.setConfig({ baseUrl, throwOnError: true })

const { data: session } = await login({ body: { email, password }, throwOnError: true })
const { data: pair } = await refresh({ body: { refresh: session.refresh }, throwOnError: true })

client.setConfig({ auth: pair.access })
const { data: sessions } = await listSessions({ throwOnError: true })

const isRotated = pair.refresh !== session.refresh
console.log(
  JSON.stringify({ email: session.user.email, isRotated, current: sessions.some((one) => one.is_current) }),
)
