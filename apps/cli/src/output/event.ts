import type { EventForOperator } from '@pockitflyer/auth/admin'
import { toSeconds } from './time.ts'

/** An event as one JSON document, with times in ISO 8601, UTC. */
export function toJson({
  id,
  at,
  kind,
  userId,
  email,
  sessionId,
  ip,
  userAgent,
  detail,
}: EventForOperator): string {
  return JSON.stringify({
    id,
    at,
    kind,
    user_id: userId,
    email,
    session_id: sessionId,
    ip,
    user_agent: userAgent,
    detail,
  })
}

/** The columns of a list of events, in the order of `toCells`. */
export const eventColumns = ['AT', 'KIND', 'USER', 'IP', 'SESSION', 'DETAIL', 'USER AGENT']

/** An event as a row of a table. */
export function toCells({
  at,
  kind,
  userId,
  email,
  ip,
  sessionId,
  detail,
  userAgent,
}: EventForOperator): string[] {
  const user = email ?? (userId === null ? '' : String(userId))
  const said = detail === null ? '' : JSON.stringify(detail)
  return [toSeconds(at), kind, user, ip ?? '', sessionId ?? '', said, userAgent ?? '']
}
