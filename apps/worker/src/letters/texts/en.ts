import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in English. */
export const en: LetterTexts = {
  hello: 'Hello,',
  helloName: 'Hello {name},',
  codeSubject: '{code} is your code for {brand}',
  cause: {
    when: 'When',
    device: 'Device',
    deviceOn: '{browser} on {os}',
    address: 'Address',
    unknown: 'unknown',
  },
  code: {
    ask: 'Does the page ask for a code? Type this one:',
    works: 'The code works for {minutes} minutes, the link until {until}. Give neither to anybody.',
  },
  undo: {
    ask: 'If you know of this, do nothing. If not, undo it now: every device is logged out, and you choose another password.',
    label: 'It was not me: undo',
    code: 'The page asks for this code:',
    works: 'Link and code work until {until}. Give neither to anybody.',
  },
  passwordReset: {
    text: 'Somebody asked to reset the password of your {brand} account. If it was you, open this page:',
    label: 'Choose another password',
    end: 'If it was not you, do nothing: your password stays as it is. Whoever asked cannot read this mail.',
  },
  verifyEmail: {
    text: 'Somebody registered at {brand} with this email. If it was you, open this page to confirm the email:',
    label: 'Confirm this email',
    end: 'If it was not you, do not confirm: the account would have a password that another person chose.',
  },
  accountRecovered: {
    subject: 'Choose another password for {brand}',
    text: 'A change of your {brand} account was undone with a mail to you. The account has this email, every device is logged out, and no password works until you choose one:',
    label: 'Choose a password',
    end: 'When the link works no more, ask for another mail at the login.',
  },
  alreadyRegistered: {
    subject: 'You have a {brand} account already',
    text: 'Somebody tried to register at {brand} with this email, which has an account already. If it was you, log in. The same page leads on if you forgot the password.',
    label: 'Log in',
    end: 'If it was not you, do nothing: your account stays as it is.',
  },
  emailChange: {
    text: 'Somebody asked to use this email for their {brand} account. If it was you, open this page:',
    label: 'Use this email',
    end: 'If it was not you, do nothing: the account keeps the email that it has.',
  },
  emailChangeTaken: {
    subject: 'Somebody wants to use your email at {brand}',
    text: 'Somebody wants to move their {brand} account to {email}. There is an account with this email, or there was one some days ago, so nothing changes.',
    end: 'If it was you, log in with this email, or choose another one. If not, do nothing.',
  },
  emailChangeConsent: {
    subject: 'May your {brand} account get another email?',
    text: 'Somebody with your password asked for another email of your {brand} account. It changes only if you agree here, and that email is confirmed too.',
    agree: 'If it was you, agree until {until}:',
    label: 'Agree to another email',
    cancel:
      'If it was not you, do not agree. Cancel the change here, with the same code: every device is logged out, and you choose another password.',
    cancelLabel: 'It was not me: cancel',
    works: 'That link works until {until}, also after the change. Give the links and the code to nobody.',
  },
  emailKept: {
    subject: 'You can register at {brand} later',
    text: 'Somebody registered at {brand} with this email. An account had it until lately and can take it back for some days, so nothing was registered. If it was you, register again after {until}, or use another email.',
    end: 'If it was not you, do nothing.',
  },
  noAccount: {
    subject: 'No {brand} account has this email',
    text: 'Somebody asked to reset a password at {brand} with {email}, but there is no account with this email. If it was you, try your other emails, or register.',
    end: 'If it was not you, do nothing.',
  },
  notices: {
    password_changed: {
      subject: 'Your {brand} password has changed',
      text: 'The password of your {brand} account was changed. Every other device is logged out.',
    },
    password_was_reset: {
      subject: 'Your {brand} password was reset',
      text: 'The password of your {brand} account was reset with a mail to this email. Every device is logged out.',
    },
    password_set_by_operator: {
      subject: '{brand} has set your password',
      text: 'An operator of {brand} set another password for your account. Every device is logged out.',
    },
    sessions_revoked_by_operator: {
      subject: '{brand} has logged you out',
      text: 'An operator of {brand} logged out devices of your account.',
    },
    email_change_requested: {
      subject: 'Your {brand} account is about to get another email',
      text: 'Somebody with your password asked for another email of your {brand} account. It changes as soon as that email is confirmed.',
    },
    email_changed: {
      subject: 'Your {brand} account has another email',
      text: 'Your {brand} account no longer has this email. Mails about the account go to another one from now on.',
    },
    email_is_new: {
      subject: 'This is the email of your {brand} account',
      text: 'Your {brand} account has this email from now on. Log in with it.',
    },
    email_change_undone: {
      subject: 'A change of your {brand} account was undone',
      text: 'The {brand} account that had this email has the one before again. It was undone with a mail to that one, and every device is logged out.',
    },
    email_set_by_operator: {
      subject: '{brand} gave your account another email',
      text: 'An operator of {brand} gave the account that had this email another one. Every device is logged out, and mails about the account go to the other email.',
    },
    new_device: {
      subject: 'A new device logged in to your {brand} account',
      text: 'Your {brand} account was logged in to with its password, from a device or a network that it was not used on before.',
    },
    new_device_mails_off: {
      subject: '{brand} tells you of no new devices any more',
      text: 'Mails of new devices were turned off for your {brand} account. They can be turned on again on the page of its devices.',
    },
    session_reused: {
      subject: 'Another device used a login of your {brand} account',
      text: 'A device presented a token of your {brand} account that was already replaced. Another person may have copied it.',
    },
  },
  notice: {
    choose: 'If you know of this, do nothing. If not, choose another password now: it logs out every device.',
    label: 'Choose another password',
    write: 'If you know of this, do nothing. If not, write to the people who run {brand}.',
  },
  test: {
    subject: 'A test mail of {brand}',
    text: 'Mail of {brand} arrives here. An operator sent this one to find out.',
  },
}
