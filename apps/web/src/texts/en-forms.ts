/** The texts of every form and of the frame of the pages, in English. */
export const enForms = {
  /** What any form may say. The browser gets this group with every page, so it is short. */
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
    tooLong: 'At most {count} characters fit here.',
    tooLongPassword: 'This password is too long: at most {count} bytes, which are as many plain letters.',
    tooShort: 'This password is too short. Use at least {count} characters.',
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
  logout: {
    button: 'Log out',
    pending: 'Logging out…',
    offlineTitle: 'You seem to be offline',
    offline: 'We could not log you out. This browser does it as soon as it is online again.',
    stay: 'Stay logged in',
    done: 'You are logged out.',
    untold:
      'You are logged out in this browser. We could not reach our service: it may list this device for some days.',
  },
  otherUser: {
    saved: 'You are logged in as {email} now. Nothing was saved.',
    savedUnknown: 'You are logged in with another account now. Nothing was saved.',
    changed: 'You are logged in as {email} now. Nothing was changed.',
  },
  footer: { help: 'Help', terms: 'Terms', privacy: 'Privacy' },
}
