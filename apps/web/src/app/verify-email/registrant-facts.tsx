import type { EmailVerificationState } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import type { Texts } from '../../texts/texts.ts'
import { Fact } from '../../ui/fact.tsx'

/** Who registered, with the time in the language of the page. */
export type ShownRegistrant = EmailVerificationState['registrant'] & { when: string }

/** Tells it from what another form shows. */
export const isRegistrant = (shown: unknown): shown is ShownRegistrant =>
  typeof shown === 'object' && shown !== null && 'display_name' in shown

interface RegistrantFactsProps {
  texts: Omit<Texts['registrant'], 'wrong' | 'rejected'>
  registrant: ShownRegistrant
}

/** Who registered, when and from where, in the words of the mail. */
export function RegistrantFacts({ texts, registrant }: RegistrantFactsProps): ReactNode {
  const { display_name: name, created_at: at, when, device, ip } = registrant
  const known = [device.browser, device.os].filter((part) => part !== null)
  const [first = texts.unknown, second] = known
  return (
    <dl className="grid gap-y-1">
      {name !== '' && (
        <Fact name={texts.name}>
          <bdi>{name}</bdi>
        </Fact>
      )}
      <Fact name={texts.when}>
        <time dateTime={at}>{when}</time>
      </Fact>
      <Fact name={texts.device}>
        {second === undefined ? first : fillText(texts.deviceOn, { browser: first, os: second })}
      </Fact>
      <Fact name={texts.address}>
        <bdi>{ip ?? texts.unknown}</bdi>
      </Fact>
    </dl>
  )
}
