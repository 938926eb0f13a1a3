const flags = { isStaff: 'staff', isSuperuser: 'superuser' }
const groupPrefix = 'group:'

/** What a Django user may do there. */
export interface DjangoRoles {
  isStaff: boolean
  isSuperuser: boolean
  /** Names of groups. */
  groups: readonly string[]
}

/**
 * Returns the roles of a user here: `staff`, `superuser` and `group:NAME` for each group, so that a
 * group called `staff` stays a group. Sorted by code units.
 * @example
 * toRoles({ isStaff: true, isSuperuser: false, groups: ['editors'] })
 * // ['group:editors', 'staff']
 */
export function toRoles({ isStaff, isSuperuser, groups }: DjangoRoles): string[] {
  const roles = groups.map((name) => `${groupPrefix}${name}`)
  if (isStaff) roles.push(flags.isStaff)
  if (isSuperuser) roles.push(flags.isSuperuser)
  return roles.toSorted()
}

/**
 * Returns what roles mean in Django; other roles have no meaning there.
 * @example
 * fromRoles(['group:editors', 'staff'])
 * // { isStaff: true, isSuperuser: false, groups: ['editors'] }
 */
export function fromRoles(roles: readonly string[]): DjangoRoles {
  return {
    isStaff: roles.includes(flags.isStaff),
    isSuperuser: roles.includes(flags.isSuperuser),
    groups: roles
      .filter((role) => role.startsWith(groupPrefix))
      .map((role) => role.slice(groupPrefix.length)),
  }
}
