/**
 * Returns some texts of a group: a component in the browser gets those alone that it shows.
 * @example pickTexts({ send: 'Send', off: 'Not here.' }, ['send']) // { send: 'Send' }
 */
export function pickTexts<Group extends object, Key extends keyof Group>(
  group: Group,
  keys: readonly Key[],
): Pick<Group, Key>
export function pickTexts(group: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(group).filter(([key]) => keys.includes(key)))
}
