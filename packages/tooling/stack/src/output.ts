import type { Program } from './child.ts'

/**
 * Holds back the programs' output until they are ready, so that the summary stands alone. Shows it
 * when one fails.
 */
export interface Output {
  listen(program: Program): (line: string) => void
  /** Shows the held-back output and everything from now on. */
  show(): void
  /** Discards the held-back output and shows everything from now on. */
  showFromNowOn(): void
}

/** Creates the output of the stack: each line begins with the name of its program. */
export function createOutput(write: (text: string) => void): Output {
  const held: string[] = []
  let isShown = false

  return {
    listen:
      ({ name }) =>
      (line) => {
        const text = `${name} | ${line}\n`
        if (isShown) write(text)
        else held.push(text)
      },
    show() {
      isShown = true
      for (const text of held.splice(0)) write(text)
    },
    showFromNowOn() {
      isShown = true
      held.length = 0
    },
  }
}
