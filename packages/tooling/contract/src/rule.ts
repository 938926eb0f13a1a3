import type { Exchange } from './exchange.ts'
import type { Answer } from './mask.ts'

/** A request with the two answers to it: of the Django service and of this one. */
export interface Observation {
  exchange: Exchange
  django: Answer
  ours: Answer
}

/** An intended difference. The table of apps/docs/django.md says the same. */
export interface Rule {
  name: string
  reason: string
  explains: (observation: Observation) => boolean
}
