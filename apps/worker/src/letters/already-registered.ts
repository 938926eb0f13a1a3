import { describeCause, greet } from './english.ts'
import { type Cause, namedParams, readCause, type WriteLetter, type Words } from './letter.ts'
import { quoteName } from './quote-text.ts'

interface Values {
  brand: string
  name: string | undefined
  loginUrl: string
  cause: Cause
}

const words: Words<Values> = {
  en: ({ brand, name, loginUrl, cause }) => ({
    subject: `You have a ${brand} account already`,
    blocks: [
      greet(name),
      {
        text: `Somebody tried to register at ${brand} with this email, which has an account already. If it was you, log in. The same page leads on if you forgot the password.`,
      },
      { link: loginUrl, label: 'Log in' },
      describeCause(cause),
      { text: 'If it was not you, do nothing: your account stays as it is.' },
    ],
  }),
}

/** The mail to a user whose email was registered once more. */
export const alreadyRegistered: WriteLetter = (mail, { language, brand, publicUrl }) => {
  const params = namedParams.parse(mail.params)
  return words[language]({
    brand,
    name: quoteName(params.displayName),
    loginUrl: `${publicUrl}/login`,
    cause: readCause(mail, params),
  })
}
