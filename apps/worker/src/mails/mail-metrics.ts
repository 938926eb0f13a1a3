import type { Kysely } from 'kysely'
import { inspectWaitingMails } from '@pockitflyer/auth/admin'
import type { connect } from '@pockitflyer/auth'
import type { Registry } from 'prom-client'

type Database = ReturnType<typeof connect> extends Kysely<infer Tables> ? Tables : never

/** Counts what became of mails. `failed`: the queue tries again. */
export type CountMail = (
  template: string,
  outcome: 'sent' | 'over' | 'refused' | 'settled' | 'failed',
) => void

/**
 * Adds the metrics of mails to a registry: how many, by template and outcome, and how long the
 * oldest one waits. An alert at five minutes tells that no worker sends.
 */
export async function createMailMetrics(registry: Registry, db: Kysely<Database>): Promise<CountMail> {
  const { Counter, Gauge } = await import('prom-client')
  const mails = new Counter({
    name: 'auth_mails_total',
    help: 'Attempts to send a mail, by template and outcome: sent, failed, refused, over or settled.',
    labelNames: ['template', 'outcome'],
    registers: [registry],
  })
  const oldest = new Gauge({
    name: 'auth_mails_oldest_waiting_seconds',
    help: 'How long the oldest mail of the outbox waits; 0: none does.',
    registers: [registry],
    async collect() {
      oldest.set((await inspectWaitingMails({ db })).oldestSeconds)
    },
  })
  return (template, outcome) => mails.inc({ template, outcome })
}
