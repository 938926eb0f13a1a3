import { SingleBar } from 'cli-progress'

const steps = {
  inspect: 'Reading',
  users: 'Importing users',
  tokens: 'Importing tokens',
  compare: 'Comparing users',
}

/** The progress of an import: a bar on a terminal, nothing elsewhere. */
export interface Progress {
  show: (progress: { step: keyof typeof steps; done: number }) => void
  stop: () => void
}

/** Creates the progress of an import of so many users. */
export function createProgress(stream: NodeJS.WritableStream & { isTTY?: boolean }, users: number): Progress {
  if (!stream.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar({
    stream,
    format: '{name} {bar} {value} of {total}, {eta_formatted}',
    clearOnComplete: true,
    hideCursor: false,
  })
  let current: keyof typeof steps | undefined
  return {
    show({ step, done }) {
      if (step !== current) bar.start(Math.max(users, done), 0, { name: steps[step] })
      current = step
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
