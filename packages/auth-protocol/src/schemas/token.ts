import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { trimmed } from './text.ts'

/** A token in a body. */
export const token = trimmed.min(1, fieldTexts.blank)

/** What is no text counts as no token: a device token can only help. */
export const deviceToken = z.string().optional().catch(undefined).meta({
  description:
    'The `device_token` of the last login on this device: with it, wrong passwords from elsewhere do not keep the owner waiting.',
})

/** An access token in an answer. */
export const access = z
  .string()
  .meta({ description: 'Goes into `Authorization: Bearer …`. Ends at its claim `exp`.' })
