import type { Flyer, MyFlyers } from '@pockitflyer/flyers/schema'
import type { ReactNode } from 'react'
import type { Texts } from '../../texts/texts.ts'
import { LocalTime } from '../../time/local-time.tsx'
import { accountPages } from '../account/pages.ts'

/** The user's flyers, the newest first, and a link to the form. */
export function FlyerList({ texts, author, flyers }: MyFlyers & { texts: Texts['flyers'] }): ReactNode {
  return (
    <>
      {author !== null && (
        <p className="mb-5 text-ink-soft">
          {texts.author} <bdi className="font-semibold text-ink">{author.display_name}</bdi>
        </p>
      )}
      {flyers.length === 0 ? (
        <p className="rounded-field border-2 border-dashed border-crease px-4 py-3 text-ink-soft">
          {texts.nothing}
        </p>
      ) : (
        <ul className="divide-y-2 divide-crease">
          {flyers.map((flyer) => (
            <FlyerItem key={flyer.id} flyer={flyer} />
          ))}
        </ul>
      )}
      <a href={`${accountPages.flyers.path}?post`} className="button-main mt-6">
        {texts.post}
      </a>
    </>
  )
}

function FlyerItem({ flyer: { title, body, created_at } }: { flyer: Flyer }): ReactNode {
  return (
    <li className="py-4 first:pt-0">
      <h2 dir="auto" className="text-lg leading-snug font-bold break-words">
        {title}
      </h2>
      {body !== '' && (
        <p dir="auto" className="mt-1 leading-relaxed break-words whitespace-pre-line">
          {body}
        </p>
      )}
      <p className="mt-1 text-[0.9375rem] text-ink-soft">
        <LocalTime at={created_at} />
      </p>
    </li>
  )
}
