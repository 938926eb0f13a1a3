import type { ReactNode } from 'react'
import { readTexts } from '../../../texts/texts.ts'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { turnNewDeviceMails } from './turn-new-device-mails.ts'

/** Says whether mails tell of new devices, and turns them on or off. */
export async function NewDeviceMails({ isOn }: { isOn: boolean }): Promise<ReactNode> {
  const { title, on, off, turnOn, turnOff, turning } = (await readTexts()).newDeviceMails
  return (
    <section className="mt-8 border-t-2 border-dashed border-crease pt-6">
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-1.5 mb-3 leading-relaxed text-ink-soft">{isOn ? on : off}</p>
      <form action={turnNewDeviceMails}>
        <input type="hidden" name="to" value={isOn ? 'off' : 'on'} />
        <SubmitButton look="small" pendingText={turning}>
          {isOn ? turnOff : turnOn}
        </SubmitButton>
      </form>
    </section>
  )
}
