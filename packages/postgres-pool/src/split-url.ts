import { isIPv6 } from 'node:net'

/**
 * A URL that cannot be used. The message follows the name of the setting and quotes no part of the
 * URL.
 */
export class UrlProblem extends TypeError {
  override readonly name = 'UrlProblem'
}

export interface UrlHost {
  /** Without brackets. `undefined`: the default. */
  host: string | undefined
  port: number | undefined
}

/** The parts of a connection URL, without their escapes. */
export interface UrlParts {
  user: string | undefined
  password: string | undefined
  /** At least one. */
  hosts: UrlHost[]
  /** The text between the slash after the hosts and the question mark. */
  path: string
  parameters: Map<string, string>
}

/**
 * Reads `scheme://user:password@host:port,host:port/path?name=value`, as libpq does (PostgreSQL,
 * 32.1.1.2). A character with a meaning in a URL must be percent-encoded elsewhere: a wrong guess
 * could send a password to another host.
 * @throws {UrlProblem} with the fix
 */
export function splitUrl(text: string, schemes: string[]): UrlParts {
  const scheme = schemes.find((name) => text.startsWith(`${name}://`))
  if (scheme === undefined) {
    throw new UrlProblem(`must begin with ${schemes.map((name) => `${name}://`).join(' or ')}`)
  }
  const rest = text.slice(scheme.length + 3)
  refuseUnescaped(rest)
  const [, userInfo, hosts = '', path = '', query = ''] =
    /^(?:([^/?@]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(rest) ?? []
  if (path.includes('/')) throw new UrlProblem('has more than a name after the hosts; write / in it as %2F')
  const [, user, password] = /^([^:]*)(?::(.*))?$/.exec(userInfo ?? '') ?? []
  return {
    user: decodeURIComponent(user ?? '') || undefined,
    password: password === undefined ? undefined : decodeURIComponent(password),
    hosts: hosts.split(',').map(splitHost),
    path: decodeURIComponent(path),
    parameters: splitQuery(query),
  }
}

function refuseUnescaped(rest: string): void {
  if (/[\s\p{Cc}]/u.test(rest)) throw new UrlProblem('has white space in it; write a space as %20')
  if (rest.includes('#')) throw new UrlProblem('has a # in it; write # as %23')
  if (/%(?![0-9a-f]{2})/i.test(rest)) throw new UrlProblem('has a % that begins no escape; write % as %25')
  if (!isUtf8(rest)) throw new UrlProblem('has escapes that are no UTF-8; percent-encode the UTF-8 bytes')
  if (rest.indexOf('@') !== rest.lastIndexOf('@') || /[/?].*@/.test(rest)) {
    throw new UrlProblem(
      'has / ? or @ in its user name, password or parameters; percent-encode them: / as %2F, ? as %3F, @ as %40',
    )
  }
}

function isUtf8(escaped: string): boolean {
  try {
    decodeURIComponent(escaped)
    return true
  } catch {
    return false
  }
}

/** Reads a `host:port` of a list. An IPv6 address stands in brackets. */
export function splitHost(text: string): UrlHost {
  const [, bracketed, plain = '', port] = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/.exec(text) ?? []
  const host = decodeURIComponent(bracketed ?? plain)
  const isHost = bracketed === undefined ? /^(\/.*|[\p{L}\p{N}._-]*)$/u.test(host) : isIPv6(host)
  if (!isHost) throw new UrlProblem('has a host that cannot be one; an IPv6 address stands in [ ]')
  return { host: host || undefined, port: readPort(port) }
}

/** @throws {UrlProblem} it is no valid port */
export function readPort(text = ''): number | undefined {
  if (text === '') return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65535) {
    throw new UrlProblem('has a port that is no number from 1 to 65535; there stands user:password@host:port')
  }
  return port
}

function splitQuery(query: string): Map<string, string> {
  const pairs = query.split('&').filter(Boolean)
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [decodeURIComponent(name), decodeURIComponent(value.join('='))]
    }),
  )
}
