import type { Table } from './catalog.ts'

/** The tables of a Django service, and their columns by what they mean. */
export interface SourceSchema {
  users: UsersTable
  profile: ProfileTable | undefined
  groups: GroupTables | undefined
  /** `rest_framework_simplejwt.token_blacklist`. */
  blacklist: { outstanding: Table; blacklisted: Table } | undefined
  /** `account_emailaddress` of django-allauth: user_id, email, verified. */
  emailAddresses: Table | undefined
  /** Tables that belong to users and are not moved. */
  notMoved: Table[]
  /** Columns of the users table that are not moved. */
  columnsNotMoved: string[]
  /** The time zone of columns without one. */
  timeZone: string
}

/** The table of AUTH_USER_MODEL. An undefined column is one that this Django does not have. */
export interface UsersTable {
  table: Table
  id: string
  email: string
  password: string
  isActive: string | undefined
  isStaff: string | undefined
  isSuperuser: string | undefined
  dateJoined: string | undefined
  lastLogin: string | undefined
}

/** A table with one row for each user at most. */
export interface ProfileTable {
  table: Table
  /** The column that leads to the user. */
  user: string
  displayName: string | undefined
  bio: string | undefined
}

/** `auth_group`, and the table of who is in which. */
export interface GroupTables {
  groups: Table
  members: Table
  user: string
}
