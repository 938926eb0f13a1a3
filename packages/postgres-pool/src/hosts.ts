import type { UrlHost } from './split-url.ts'

/** Interchangeable hosts, and the one to try next. */
export class Hosts {
  readonly all: UrlHost[]
  #current = 0

  constructor(all: UrlHost[]) {
    this.all = all
  }

  get current(): UrlHost {
    return this.all[this.#current] ?? { host: undefined, port: undefined }
  }

  /** Moves on to the next host, unless another connection of the same host has done so. */
  leave(host: UrlHost): void {
    if (this.current === host) this.#current = (this.#current + 1) % this.all.length
  }
}
