import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fieldsOf } from './pack.ts'
import { packageFolder } from './tarball.ts'

/** The language server of TypeScript, as an editor runs it. */
export interface LanguageServer {
  /** Returns what the editor shows for the last character of a text in a file. */
  hover(file: string, content: string): Promise<string>
  stop(): void
}

/** Starts the language server (Language Server Protocol 3.17, over standard input and output). */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const tsc = join(packageFolder, 'node_modules/typescript/bin/tsc')
  const server = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<unknown, (result: unknown) => void>()
  let received = Buffer.alloc(0)
  let lastId = 0

  const write = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  /** Takes whole messages out of what has arrived. Answers a request of the server with nothing. */
  const read = () => {
    for (;;) {
      const [header, length] =
        /^[^]*?Content-Length: (\d+)[^]*?\r\n\r\n/.exec(received.toString('latin1')) ?? []
      if (header === undefined || received.length < header.length + Number(length)) return
      const end = header.length + Number(length)
      const parsed: unknown = JSON.parse(received.subarray(header.length, end).toString())
      const { id, method, result } = fieldsOf(parsed)
      received = received.subarray(end)
      if (id === undefined) continue
      if (method === undefined) waiting.get(id)?.(result)
      else write({ id, result: null })
    }
  }
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    read()
  })

  const ask = async (method: string, params: object): Promise<unknown> => {
    const id = ++lastId
    const answer = new Promise((resolve) => {
      waiting.set(id, resolve)
    })
    write({ id, method, params })
    return answer
  }

  const rootUri = pathToFileURL(folder).href
  await ask('initialize', { processId: process.pid, rootUri, capabilities: {} })
  write({ method: 'initialized', params: {} })

  return {
    async hover(file, content) {
      const uri = pathToFileURL(file).href
      write({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, languageId: 'typescript', version: 1, text: content } },
      })
      const lines = content.split('\n')
      const position = { line: lines.length - 1, character: (lines.at(-1) ?? '').length - 1 }
      const shown = await ask('textDocument/hover', { textDocument: { uri }, position })
      write({ method: 'textDocument/didClose', params: { textDocument: { uri } } })
      return JSON.stringify(shown)
    },
    stop: () => void server.kill(),
  }
}
