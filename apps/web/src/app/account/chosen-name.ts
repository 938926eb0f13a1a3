import { defaultDisplayName, type Profile } from '@pockitflyer/auth-protocol/schemas'

/** Returns the name that a user has chosen; empty without one. */
export function chosenName({ display_name }: Profile): string {
  return display_name === defaultDisplayName ? '' : display_name
}
