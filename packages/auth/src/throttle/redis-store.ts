import { z } from 'zod'
import type { CountStore } from './stores.ts'

/** What is needed of a client of Redis: the one of the package `redis` has it. */
export interface RedisClient {
  sendCommand(command: string[]): Promise<unknown>
}

/** Sets apart the counts from what else is kept in the same Redis. */
const prefix = 'pockitflyer:'

/**
 * Changes each count and answers its value and the milliseconds that it lasts. What has no end is
 * no count of ours and begins anew.
 */
const script = `
local answer = {}
for index, key in ipairs(KEYS) do
  local left = redis.call('pttl', key)
  local value = 0
  if left > 0 then value = tonumber(redis.call('get', key)) or 0 else left = tonumber(ARGV[index * 2]) end
  local changed = math.max(0, value + tonumber(ARGV[index * 2 - 1]))
  if changed ~= value or left <= 0 then
    if changed == 0 then redis.call('del', key) else redis.call('set', key, changed, 'px', left) end
  end
  answer[index * 2 - 1] = changed
  answer[index * 2] = changed == 0 and 0 or left
end
return answer`

const numbers = z.array(z.number())

/** Keeps counts in Redis, where they hold across servers: one command for all changes of a call. */
export function createRedisStore(client: RedisClient): CountStore {
  return {
    async change(changes) {
      const keys = changes.map(({ key }) => prefix + key)
      const values = changes.flatMap(({ by, windowSeconds }) => [String(by), String(windowSeconds * 1000)])
      const answer = numbers.parse(
        await client.sendCommand(['EVAL', script, String(keys.length), ...keys, ...values]),
      )
      return changes.map((_, index) => ({
        value: answer[index * 2] ?? 0,
        endsInMs: answer[index * 2 + 1] ?? 0,
      }))
    },
  }
}
