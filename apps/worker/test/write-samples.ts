import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeMail } from '../src/letters/write-letter.ts'
import { sampleMails, sampleOptions } from './sample-mails.ts'

/** Writes the HTML of a mail of each template into a folder: `node write-samples.ts FOLDER`. */
const [, , folder = '.'] = process.argv
for (const mail of sampleMails) {
  const { html } = await writeMail(mail, sampleOptions)
  await writeFile(join(folder, `${mail.template}.html`), html)
}
