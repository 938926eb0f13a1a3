import { afterAll, beforeAll, expect, test } from 'vitest'
import { findSchema, mapping, readCatalog, showTable, type SourceSchema } from '../src/index.ts'
import { createDjango, type DjangoDatabase } from './support/django-database.ts'

let [service52, service32, stock52, stock32]: DjangoDatabase[] = []
beforeAll(async () => {
  ;[service52, service32, stock52, stock32] = await Promise.all(
    (['service-5.2', 'service-3.2', 'stock-5.2', 'stock-3.2'] as const).map(createDjango),
  )
})
afterAll(async () => {
  await Promise.all([service52, service32, stock52, stock32].map(async (django) => django?.close()))
})

const find = async (django: DjangoDatabase | undefined, names: unknown = {}) => {
  if (django === undefined) throw new Error('The database is missing.')
  return findSchema(await readCatalog(django.db), mapping.parse(names))
}

const show = ({ users, profile, groups, blacklist, notMoved, columnsNotMoved }: SourceSchema) => ({
  users: [showTable(users.table), users.id, users.email, users.dateJoined],
  profile: profile && [showTable(profile.table), profile.user, profile.displayName, profile.bio],
  members: groups && [showTable(groups.members), groups.user],
  blacklist: blacklist && showTable(blacklist.blacklisted),
  notMoved: notMoved.map(showTable),
  columnsNotMoved,
})

const ofService = {
  users: ['users_customuser', 'id', 'email', 'date_joined'],
  profile: ['users_profile', 'user_id', 'display_name', 'bio'],
  members: ['users_customuser_groups', 'customuser_id'],
  blacklist: 'token_blacklist_blacklistedtoken',
  notMoved: ['users_customuser_user_permissions'],
  columnsNotMoved: [],
}

test('the tables of a custom user model are found', async () => {
  expect(show(await find(service52))).toEqual(ofService)
  expect(show(await find(service32))).toEqual(ofService)
})

test('the stock user model is found, with what is not moved', async () => {
  const ofStock = {
    users: ['auth_user', 'id', 'email', 'date_joined'],
    profile: undefined,
    members: ['auth_user_groups', 'user_id'],
    blacklist: undefined,
    notMoved: ['auth_user_user_permissions', 'authtoken_token', 'django_admin_log'],
    columnsNotMoved: ['username', 'first_name', 'last_name'],
  }
  expect(show(await find(stock52))).toEqual(ofStock)
  expect(show(await find(stock32))).toEqual(ofStock)
})
