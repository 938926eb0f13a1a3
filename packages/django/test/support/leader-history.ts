import { connect, readSettings } from '@pockitflyer/auth'
import { adminSettings, createAdmin, getLeadership, listExportProblems } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import {
  compareSource,
  type Comparison,
  connectSource,
  mapping,
  openPostgresSource,
} from '../../src/index.ts'
import { createDjango } from './django-database.ts'
import type { Histories } from './history.ts'
import { createCommands } from './leader-commands.ts'
import { changeHere, createRandom, ignoreTaken, randomChangeInDjango } from './random-changes.ts'
import { operator } from './settings.ts'

/** How many changes a history has. */
const steps = 12

/** What happened in all histories. */
export interface Happened {
  histories: number
  changes: number
  switches: number
  kills: number
}

/**
 * Creates a Django with some users, and a service beside it. A history changes users at the leader
 * and the leader itself, and kills the commands with SIGKILL, all at random.
 */
export async function openLeaderHistories(): Promise<Histories & { happened: Happened }> {
  const django = await createDjango('service-5.2')
  const here = await createTestDatabase()
  const db = connect({ url: here.url, poolSize: 3 })
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  const reader = connectSource(django.url)
  const source = await openPostgresSource(reader, { url: django.url, mapping: mapping.parse({}) })
  const commands = createCommands(reader, { django: django.url, here: here.url })
  const happened: Happened = { histories: 0, changes: 0, switches: 0, kills: 0 }
  await django.run(`
    insert into auth_group (name) values ('editors'), ('writers');
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    select '!', false, 'user-' || n || '@example.com', true, false, '2020-01-01' from generate_series(1, 8) as n`)
  await must('follow')

  const leader = async () => (await getLeadership({ db })).leader

  async function must(command: Parameters<typeof commands.run>[0]): Promise<void> {
    const error = await commands.run(command)
    if (error === null) return
    const problems = await listExportProblems({ db }, operator)
    throw new Error(`${command}: ${error} ${JSON.stringify(problems)}`)
  }
  async function bringOver(): Promise<void> {
    await must((await leader()) === 'django' ? 'follow' : 'export')
  }
  async function change(random: () => number): Promise<void> {
    happened.changes += 1
    const isInDjango = (await leader()) === 'django'
    const changing = isInDjango ? django.run(randomChangeInDjango(random)) : changeHere(admin, random)
    await changing.catch(ignoreTaken)
  }
  /** A switch needs what the other command installed once. */
  async function changeLeader(random: () => number): Promise<void> {
    const before = await leader()
    await bringOver()
    if (random() < 0.5) await change(random)
    const command = before === 'django' ? 'switch to accounts' : 'switch to django'
    if (random() < 0.4) await kill(command, random)
    if ((await leader()) === before) await must(command)
    happened.switches += 1
  }
  async function kill(command: Parameters<typeof commands.run>[0], random: () => number): Promise<void> {
    if (await commands.kill(command, random() * 60)) happened.kills += 1
  }

  return {
    happened,
    async run(seed): Promise<Comparison> {
      const random = createRandom(seed)
      for (let step = 0; step < steps; step += 1) {
        await change(random)
        const next = random()
        if (next < 0.15) await bringOver()
        else if (next < 0.25) await kill((await leader()) === 'django' ? 'follow' : 'export', random)
        else if (next < 0.4) await changeLeader(random)
      }
      await bringOver()
      happened.histories += 1
      return compareSource({ db }, operator, source)
    },
    async close() {
      await commands.stop()
      await reader.destroy()
      await db.destroy()
      await django.close()
      await here.drop()
    },
  }
}
