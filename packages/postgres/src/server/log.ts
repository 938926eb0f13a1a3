import { type FileHandle, open, readFile, rm } from 'node:fs/promises'

const tailLines = 20

/** Returns the last 20 lines of a log, or says that there is none. */
export async function readLogTail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-tailLines).join('\n') || '(the log is empty)'
}

/** Creates an empty log. It replaces the old file, which may be root's from a start with sudo. */
export async function createLog(file: string): Promise<FileHandle> {
  await rm(file, { force: true })
  return open(file, 'wx', 0o600)
}
