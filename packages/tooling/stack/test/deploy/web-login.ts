import type { TlsProxy } from './tls-proxy.ts'

interface Account {
  email: string
  password: string
}

/** Logs in by the form of the web app, as a browser without scripts does. Returns the cookies. */
export async function logInByForm(proxy: TlsProxy, account: Account): Promise<string> {
  const answer = await sendLoginForm(proxy, await fillLoginForm(proxy, account))
  if (answer.status !== 303) throw new Error(`The login answered ${answer.status}: ${answer.body}`)
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Opens the login page and fills in its form, with the fields that the page hides. */
export async function fillLoginForm(proxy: TlsProxy, { email, password }: Account): Promise<FormData> {
  const page = await proxy.send('/login')
  const form = new FormData()
  for (const [input] of page.body.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) => decode(new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '')
    const name = attribute('name')
    const value = name === 'email' ? email : name === 'password' ? password : attribute('value')
    if (name !== '') form.append(name, value)
  }
  return form
}

/** Sends a form to the login page. */
export async function sendLoginForm(proxy: TlsProxy, form: FormData) {
  const encoded = new Response(form)
  return proxy.send('/login', {
    method: 'POST',
    headers: {
      origin: proxy.url,
      'sec-fetch-site': 'same-origin',
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    body: Buffer.from(await encoded.arrayBuffer()),
  })
}

const decode = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
