import { noticeSettings } from '@pockitflyer/auth-protocol/schemas'
import { getNoticeSettings } from '../accounts/notice-settings.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'

/** Returns which mails the caller gets unasked. */
export const notices = protectedProcedure
  .meta({
    rest: { method: 'GET', path: '/api/users/notices', view: 'Notices' },
    docs: {
      tag: 'Account',
      summary: 'Get which mails the user gets unasked',
      description: 'Mails of new devices alone can be turned off. All others protect the account.',
      output: { summary: 'Which mails', example: { new_device: true } },
    },
    errors: callerErrors,
  })
  .output(noticeSettings)
  .query(({ ctx }) => getNoticeSettings(ctx.auth, ctx.caller))
