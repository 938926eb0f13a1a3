import { createService, type Service } from '../support/service.ts'

/** More than two pages, and more than a pipe holds. */
export const count = 2500

/** The service with many users. The second is inactive and its name has wide characters. */
export async function createFullService(): Promise<Service> {
  const service = await createService()
  const names = Array.from({ length: count }, (_, i) => `user-${i}@example.com`)
  const users = await service.db
    .insertInto('users')
    .values(
      names.map((email, i) => ({
        email,
        password_hash: '!',
        is_active: i !== 1,
        created_at: new Date('2026-01-02T03:04:05.678Z'),
        last_login_at: i === 1 ? new Date('2026-02-03T04:05:06Z') : null,
      })),
    )
    .returning('id')
    .execute()
  const ids = users.map(({ id }) => id).toSorted((one, other) => one - other)
  await service.db
    .insertInto('profiles')
    .values(ids.map((id, i) => ({ user_id: id, display_name: i === 1 ? '日本 😀' : 'Ada' })))
    .execute()
  return service
}
