import type { Program } from './child.ts'

/**
 * Holds back what the programs write until they are ready, so that the summary stands alone; shows
 * it when one fails.
 */
export interface Output {
  listen(program: Program): (line: string) => void
  /** Shows what was held back, from now on everything at once. */
  show(): void
  /** Forgets what was held back and shows everything from now on. */
  showFromNowOn(): void
}

/** Makes the output of the stack: each line with the name of its program in front. */
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
