import type { User } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { accountEmailPath } from '../../mailed-links/paths.ts'
import { readLanguage } from '../../language/read-language.ts'
import { readTexts } from '../../texts/texts.ts'
import { chosenName } from './chosen-name.ts'
import { accountPages } from './pages.ts'

const editPath = `${accountPages.profile.path}?edit`

interface ProfileCardProps {
  user: User
  /** Whether the service sends mail: another email needs one. */
  sendsMail: boolean
}

/**
 * The profile as others see it, and the email, which only its owner sees. Who has chosen no name is
 * called by the part of the email before the `@`, here alone.
 */
export async function ProfileCard({
  user: { email, profile },
  sendsMail,
}: ProfileCardProps): Promise<ReactNode> {
  const { profile: texts, accountEmail } = await readTexts()
  const chosen = chosenName(profile)
  const name = chosen || email.replace(/@[^@]*$/, '')
  return (
    <>
      <div className="flex flex-wrap items-center gap-4">
        <Initial name={name} />
        <div className="min-w-[min(100%,10rem)] flex-1">
          <p className="text-xl leading-snug font-bold break-words">
            <bdi>{name}</bdi>
          </p>
          <p className="break-words text-ink-soft">
            <bdi>{email}</bdi>
          </p>
          <p className="flex flex-wrap gap-x-6">
            {chosen === '' && (
              <a href={editPath} className="inline-flex min-h-11 items-center font-semibold">
                {texts.addName}
              </a>
            )}
            {sendsMail && (
              <a href={accountEmailPath} className="inline-flex min-h-11 items-center font-semibold">
                {accountEmail.title}
              </a>
            )}
          </p>
        </div>
      </div>
      <h2 className="mt-7 mb-1.5 font-semibold">{texts.about}</h2>
      {profile.bio === '' ? (
        <p className="rounded-field border-2 border-dashed border-crease px-4 py-3 text-ink-soft">
          {texts.nothing}
        </p>
      ) : (
        <p dir="auto" className="leading-relaxed break-words whitespace-pre-line">
          {profile.bio}
        </p>
      )}
      <a href={editPath} className="button-quiet mt-7">
        {texts.edit}
      </a>
    </>
  )
}

async function Initial({ name }: { name: string }): Promise<ReactNode> {
  const language = await readLanguage()
  const [{ segment } = { segment: '' }] = new Intl.Segmenter(language).segment(name.trim())
  return (
    <span
      aria-hidden="true"
      className="grid size-16 shrink-0 place-items-center rounded-full bg-brand text-2xl font-bold text-on-brand"
    >
      {segment.toLocaleUpperCase(language)}
    </span>
  )
}
