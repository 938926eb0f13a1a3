/**
 * The email of the user that `pnpm dev` adds, whose password is public. `auth doctor` warns of that
 * user in production.
 * @example const user = await findUser(admin, operator, { email: demoEmail })
 */
export const demoEmail = 'test@example.com'
