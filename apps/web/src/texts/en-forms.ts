import { plural } from './plural.ts'

/** The texts of every form and of the frame of the pages, in English. */
export const enForms = {
  /** What any page may say by its script. The browser gets this group with each, so it is short. */
  forms: {
    offline: 'You seem to be offline. Nothing was sent.',
    unsure: 'The connection broke before our answer came. It may have been saved: reload the page to see.',
    reload: 'Reload the page',
    failed: 'Something went wrong on our side. Please try again.',
    tooLarge: 'That is more text than we can take. Please shorten it.',
    restored: 'Here is what you typed. It is not saved yet.',
    outdated: 'This page was renewed while you had it open. Nothing was sent: please send it again.',
    noAt: 'An email has an @, as in name@example.com.',
    wait: 'You can try again in {time}.',
    waitOver: 'You can try again now.',
    email: 'Email',
    showField: 'Show {label}',
    errorTitle: 'Something went wrong',
    error: 'That was our mistake, not yours. Please try again.',
    retry: 'Try again',
    home: 'Back to your account',
  },
  newPassword: {
    rule: plural({
      one: 'At least {count} character. Longer is better.',
      other: 'At least {count} characters. Longer is better.',
    }),
    noRule: 'Longer is better.',
  },
  /** What is wrong with a field; `blank` by the field's name. */
  fieldErrors: {
    blank: {
      email: 'Enter your email address.',
      new_email: 'Enter your new email address.',
      password: 'Enter your password.',
      current_password: 'Enter your current password.',
      new_password: 'Enter a new password.',
      display_name: 'Enter a name.',
      code: 'Type the six digits from the mail.',
      title: 'Enter a title.',
    },
    missing: 'Fill this in.',
    noEmail: 'This is not a complete email address. One looks like name@example.com.',
    tooLong: plural({
      one: 'At most {count} character fits here.',
      other: 'At most {count} characters fit here.',
    }),
    tooLongPassword: plural({
      other: 'This password is too long: at most {count} bytes, which are as many plain letters.',
    }),
    tooShort: plural({
      one: 'This password is too short. Use at least {count} character.',
      other: 'This password is too short. Use at least {count} characters.',
    }),
    tooCommon: 'Many people use this password, so it is easy to guess. Choose another.',
    samePassword: 'This is your current password. Choose another.',
    wrongPassword: 'This is not your current password.',
    strangeCharacter: 'A character in it cannot be stored. Type the text anew.',
  },
  /** Why a form was not done. */
  failures: {
    unreachable: 'We cannot reach our service right now. Please try again in a moment.',
    throttled: 'That was too often. Please wait {time}.',
    overloaded: 'Many people are here right now. Please try again in a moment.',
    tooLarge: 'That is more text than we can take. Please shorten it.',
    readOnly:
      'Accounts cannot be changed at the moment, because we are moving them to another system. You can use yours as always. Please try the change again later.',
    ours: 'Something went wrong on our side. Please try again. Our number for it: {number}',
  },
  /** The frame of every page. */
  frame: {
    help: 'Help',
    terms: 'Terms',
    privacy: 'Privacy',
    language: 'Language',
  },
  notFound: {
    title: 'Page not found',
    heading: 'This flyer is gone',
    text: 'Nothing is pinned at this address. Perhaps somebody took it down, or the address has a typo.',
    home: 'Back to your account',
  },
  /** Answers without a page. */
  faults: {
    tooLarge: 'That is more than this page takes. Go back and shorten it.',
    malformed: 'This request cannot be read.',
    noMethod: 'This page has no such method.',
    foreign: 'This came from another site, so nothing was done. Open the page itself and try again.',
    failed: 'Something went wrong on our side.',
  },
}
