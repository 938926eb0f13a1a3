import type { Observer, Passwords } from '@pockitflyer/auth'
import type { Registry } from 'prom-client'
import { createObserver } from './observer.ts'
import { watchPasswords } from './password-metrics.ts'

/** The metrics that only the account service has. */
export interface AccountMetrics {
  observer: Observer
  watchPasswords(passwords: Passwords): void
}

/** Adds calls, refreshes and the queue of passwords to a registry. */
export function createAccountMetrics(registry: Registry): AccountMetrics {
  return {
    observer: createObserver(registry),
    watchPasswords: (passwords) => watchPasswords(registry, passwords),
  }
}
