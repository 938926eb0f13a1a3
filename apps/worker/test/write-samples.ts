import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeMail } from '../src/letters/write-letter.ts'
import { languages } from '@pockitflyer/languages'
import { listSampleMails, sampleOptions } from './sample-mails.ts'

/**
 * Writes the HTML of a mail of each template in each language into a folder: `node
 * write-samples.ts FOLDER`.
 */
const [, , folder = '.'] = process.argv
for (const mail of languages.flatMap(listSampleMails)) {
  const { html } = await writeMail(mail, sampleOptions)
  await writeFile(
    join(folder, `${mail.template}${mail.language === 'en' ? '' : `-${mail.language}`}.html`),
    html,
  )
}
