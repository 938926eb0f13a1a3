import type { TlsProxy } from './tls-proxy.ts'

/** Where a browser logs in. */
export type Site = Pick<TlsProxy, 'url' | 'send'>

interface Account {
  email: string
  password: string
}

/** Logs in by the form of the web app, as a browser without scripts does. Returns the cookies. */
export async function logInByForm(site: Site, account: Account): Promise<string> {
  const answer = await sendLoginForm(site, await fillLoginForm(site, account))
  if (answer.status !== 303) throw new Error(`The login answered ${answer.status}: ${answer.body}`)
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Opens the login page and fills in its form, with the fields that the page hides. */
export async function fillLoginForm(site: Site, { email, password }: Account): Promise<FormData> {
  const page = await site.send('/login')
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
export async function sendLoginForm(site: Site, form: FormData) {
  const encoded = new Response(form)
  return site.send('/login', {
    method: 'POST',
    headers: {
      origin: site.url,
      'sec-fetch-site': 'same-origin',
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    body: Buffer.from(await encoded.arrayBuffer()),
  })
}

const decode = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
