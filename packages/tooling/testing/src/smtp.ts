import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import { type ParsedMail, simpleParser } from 'mailparser'
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server'
import { onTestFinished } from 'vitest'

/** Of `mail.test`, signed by itself, with its key: it protects nothing. */
const certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTz5Ujvyo1AJvFvUQ
dRDBoKFLvx1BDrNA14b0kf526ZKhRANCAARdtRhFyToprUScrdRpVSSML+cqTk2r
FyVINnjjv1Hgx6yA7h5nxImn1X010UDW9hLIfUUcKoyhaEWPFAzsgO2A
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUAfUql8nYJCeShpO23FS2RTkRKxQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbWFpbC50ZXN0MCAXDTI2MTEyNzA0NDIyOVoYDzIxMjYxMTAz
MDQ0MjI5WjAUMRIwEAYDVQQDDAltYWlsLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARdtRhFyToprUScrdRpVSSML+cqTk2rFyVINnjjv1Hgx6yA7h5nxImn
1X010UDW9hLIfUUcKoyhaEWPFAzsgO2Ao1MwUTAdBgNVHQ4EFgQUfok8Z7MTD7Hr
GFSa4KRbJpxiVnQwHwYDVR0jBBgwFoAUfok8Z7MTD7HrGFSa4KRbJpxiVnQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAXw4w7oZ/DPMfCYLeP8e2m
X/bNiubzFOoOTNhvQkoEBQIhAO7qt1YOrglbMINMRxGjQjBoS3gpOgUReVsh+cHM
P8T4
-----END CERTIFICATE-----`,
}

/** A mail as an SMTP server took it. */
export interface ReceivedMail extends ParsedMail {
  /** Whom the envelope names. */
  recipients: string[]
  bytes: number
  receivedAt: number
  /** Which connection brought it. */
  session: string
}

/** An SMTP server that keeps what it takes. */
export interface TestSmtp {
  port: number
  url: string
  mails: ReceivedMail[]
  /** Cuts every connection. */
  cut(): void
  close(): Promise<void>
}

/** A reply with which a server refuses. */
export function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

interface Options extends Pick<SMTPServerOptions, 'onConnect' | 'onRcptTo' | 'secure'> {
  port?: number
  /** Called after a whole mail came and before it is taken; what it throws is the reply. */
  onMail?: (mail: ReceivedMail) => void | Promise<void>
}

/** Starts a real SMTP server, with STARTTLS by a certificate of its own, until the test is over. */
export async function startSmtp({ onMail, port = 0, ...options }: Options = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = []
  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await buffer(stream)
    const mail = {
      ...(await simpleParser(raw)),
      recipients: session.envelope.rcptTo.map(({ address }) => address),
      bytes: raw.length,
      receivedAt: performance.now(),
      session: session.id,
    }
    await onMail?.(mail)
    mails.push(mail)
  }
  const server = new SMTPServer({
    authOptional: true,
    ...certificate,
    ...options,
    closeTimeout: 100,
    onData: callbackify(take),
  })
  server.on('error', () => {}) // A worker that is killed cuts its connection.
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  let closed: Promise<void> | undefined
  const close = () => (closed ??= new Promise((resolve) => server.close(() => resolve())))
  const cut = () => server.connections.forEach((connection) => connection.close())
  onTestFinished(close)
  return { port: taken, url: `smtp://127.0.0.1:${taken}?insecure`, mails, cut, close }
}
