import type { MyFlyers } from '@pockitflyer/flyers/schema'
import { askFlyersService } from '../../flyers-service.ts'
import type { Question } from '../../session/authenticated-query.ts'

/** Reads the user's flyers and the author's public name. */
export const readMine: Question<MyFlyers> = (account) =>
  askFlyersService(account, (flyers) => flyers.mine.query())
