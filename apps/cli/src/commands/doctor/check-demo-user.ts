import { type Admin, demoEmail, findUser } from '@pockitflyer/auth/admin'
import { operator } from '../../cli.ts'
import { found, type Finding } from './finding.ts'

/** Finds the demo user of development, whose password is in the README, in production. */
export async function checkDemoUser(admin: Admin, isProduction: boolean): Promise<Finding[]> {
  if (!isProduction) return []
  const user = await findUser(admin, operator, { email: demoEmail })
  if (user === undefined || !user.isActive) return []
  return [
    found('warning', 'demo user', [
      `${demoEmail} can log in: \`pnpm dev\` adds that user with a public password`,
      `pnpm auth users delete ${demoEmail}`,
    ]),
  ]
}
