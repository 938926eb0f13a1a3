import { enForms } from './en-forms.ts'
import { enMailedLinks } from './en-mailed-links.ts'

/**
 * The texts of the pages in English: one group a page. Each value is plain text, so that a page can
 * pass a group to a component in the browser. `{name}` stands for what `fillText` puts there.
 */
export const en = {
  ...enForms,
  ...enMailedLinks,
  login: {
    forgot: 'Forgot password?',
    passwordReset: 'Your password has changed. Log in.',
    emailVerified: 'Your email is confirmed. Log in.',
  },
  devices: {
    current: 'This device',
    unknown: 'Unknown device',
    something: 'Something on {os}',
    on: '{browser} on {os}',
    lastSeen: 'Last seen',
    loggedIn: 'Logged in',
    address: 'Address',
    logOut: 'Log out',
    loggingOut: 'Logging out…',
    logOutElsewhere: 'Log out everywhere else',
    loggingOutElsewhere: 'Logging out everywhere else…',
    nowhereElse: 'You are logged in nowhere else.',
    showAll: 'Show all devices',
    older: 'Older devices',
    copied: 'Somebody may have copied the login of this device: a key of it that was used up came back on',
    leaveHere: 'If in doubt, log out and change your password.',
    logItOut: 'If in doubt, log it out and change your password.',
  },
  profile: { addName: 'Add your name' },
  newDeviceMails: {
    title: 'Mails of new devices',
    on: 'We mail you when a device logs in that you did not use before, at most once a day.',
    off: 'We do not mail you when a new device logs in.',
    turnOn: 'Turn these mails on',
    turnOff: 'Turn these mails off',
    turning: 'One moment…',
  },
  accountEmail: {
    title: 'Change your email',
    lead: 'Your email is {email}. You log in with it, and we send mails about your account to it.',
    newEmail: 'New email',
    currentPassword: 'Current password',
    proof: 'Your email changes when you have opened our mail to the new one.',
    send: 'Send the mail',
    sending: 'Sending the mail…',
    off: 'Emails cannot be changed here. Please ask the people who run this service.',
    codeNeeded: 'Type the six digits from the mail.',
    cancel: 'Keep the email that I have',
    cancelling: 'Keeping your email…',
    kept: 'Your email stays as it is.',
  },
}
