import { setTimeout as pause } from 'node:timers/promises'

/** Waits until a question is answered with yes; a question that fails counts as no. */
export async function poll(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isTrue().catch(() => false)) return
    await pause(50)
  }
  throw new Error('The server did not answer within ten seconds.')
}
