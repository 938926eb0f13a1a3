import type { EmailVerificationState } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { fillText, type Texts } from '../../texts/texts.ts'
import { Fact } from '../../ui/fact.tsx'

interface RegistrantFactsProps {
  texts: Texts['registrant']
  registrant: EmailVerificationState['registrant']
}

/** Who registered, when and from where, in the words of the mail. */
export function RegistrantFacts({ texts, registrant }: RegistrantFactsProps): ReactNode {
  const { display_name: name, created_at: at, device, ip } = registrant
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
        <time dateTime={at} dir="auto">
          {times.format(new Date(at))} UTC
        </time>
      </Fact>
      <Fact name={texts.device}>
        {second === undefined ? first : fillText(texts.deviceOn, { browser: first, os: second })}
      </Fact>
      <Fact name={texts.address}>{ip ?? texts.unknown}</Fact>
    </dl>
  )
}

/** In UTC, as the mail: the page shows it without a script too. */
const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
