import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:tls'
import { promisify } from 'node:util'

/** What ends TLS in front of a server. */
export interface TlsFront {
  url: string
  stop(): void
}

/** Makes a certificate for this machine with its key, in one text. */
async function makeCertificate(): Promise<string> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  const args = ['req', '-x509', ...key, ...names, '-days', '2', '-keyout', '-', '-out', '-']
  const { stdout } = await promisify(execFile)('openssl', args)
  return stdout
}

/**
 * Opens an https address in front of `target`, with a certificate of its own: an engine may keep no
 * Secure cookie over http.
 */
export async function startTls(target: string): Promise<TlsFront> {
  const { hostname, port: targetPort } = new URL(target)
  const certificate = await makeCertificate()
  const server = createServer({ key: certificate, cert: certificate }, (inward) => {
    const outward = connect(Number(targetPort), hostname)
    const close = () => {
      inward.destroy()
      outward.destroy()
    }
    inward.on('error', close).on('close', close).pipe(outward)
    outward.on('error', close).on('close', close).pipe(inward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `https://127.0.0.1:${port}`, stop: () => server.close() }
}
