import type { UrlHost } from './split-url.ts'

/** Hosts that stand in for one another, and the one that is tried next. */
export class Hosts {
  readonly all: UrlHost[]
  #current = 0

  constructor(all: UrlHost[]) {
    this.all = all
  }

  get current(): UrlHost {
    return this.all[this.#current] ?? { host: undefined, port: undefined }
  }

  /** Goes on to the next host, unless another connection of the same host has said so before. */
  leave(host: UrlHost): void {
    if (this.current === host) this.#current = (this.#current + 1) % this.all.length
  }
}
