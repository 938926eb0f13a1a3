import type { Passwords } from '@pockitflyer/auth'
import { Gauge, type Registry } from 'prom-client'

/** Shows how busy the password hasher is at the time of a scrape. */
export function watchPasswords(registry: Registry, passwords: Passwords): void {
  const jobs = new Gauge({
    name: 'auth_password_jobs',
    help: 'Hashes and checks of passwords, by state: running or waiting.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { running, waiting } = passwords.load()
      jobs.set({ state: 'running' }, running)
      jobs.set({ state: 'waiting' }, waiting)
    },
  })
}
