import type { MyFlyers } from '@pockitflyer/flyers/schema'
import { askFlyersService } from '../../flyers-service.ts'
import type { Question } from '../../session/authenticated-query.ts'

/** The viewer's flyers, and who the viewer is to others. */
export const readMine: Question<MyFlyers> = (account) =>
  askFlyersService(account, (flyers) => flyers.mine.query())
