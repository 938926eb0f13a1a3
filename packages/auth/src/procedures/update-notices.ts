import { noticeSettings, noticeSettingsInput } from '@pockitflyer/auth-protocol/schemas'
import { updateNoticeSettings } from '../accounts/notice-settings.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'

/** Changes which mails the caller gets unasked. A mail tells of what is turned off. */
export const updateNotices = protectedProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'PATCH', path: '/api/users/notices', view: 'Notices' },
    docs: {
      tag: 'Account',
      summary: 'Turn mails of new devices on or off',
      description:
        'Mails of new devices alone can be turned off, for example of an account that a script logs in to. A mail tells of it.',
      input: { summary: 'Which mails', example: { new_device: false } },
      output: { summary: 'Which mails', example: { new_device: false } },
    },
    errors: [...callerErrors, 'throttled'],
  })
  .input(noticeSettingsInput)
  .output(noticeSettings)
  .mutation(({ ctx, input }) => updateNoticeSettings(ctx.auth, ctx.caller, input))
