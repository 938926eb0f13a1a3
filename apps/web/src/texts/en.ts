/**
 * The texts of the pages in English: one group a page. Each value is plain text, so that a page can
 * pass a group to a component in the browser. `{name}` stands for what `fillText` puts there.
 */
export const en = {
  login: {
    forgot: 'Forgot password?',
    passwordReset: 'Your password has changed. Log in.',
    emailVerified: 'Your email is confirmed. Log in.',
  },
  forgotPassword: {
    title: 'Forgot your password?',
    lead: 'We send you a mail with which you can choose another one.',
    send: 'Send the mail',
    sending: 'Sending the mail…',
    remembered: 'Remember it after all?',
    login: 'Log in',
    offTitle: 'No reset by mail',
    off: 'Passwords cannot be reset by mail here. Please ask the people who run this service.',
  },
  mailSent: {
    title: 'Look into your mailbox',
    sent: 'We sent a mail to {email}. It can take a minute.',
    sentAgain: 'We sent the mail to {email} again. It can take a minute.',
    tooSoon: 'That was too soon. A minute after a mail we send the next.',
    next: 'Open its link in this browser, or type the code from the mail here. If it does not come, look into your spam too.',
    resend: 'Send the mail again',
    resending: 'Sending the mail…',
    wait: 'You can send it again in {seconds} s.',
    wrongEmail: 'Is the email wrong?',
    correct: 'Correct it',
  },
  mailCode: {
    label: 'Code from the mail',
    hint: 'Six digits. They work for ten minutes.',
    continue: 'Continue',
    checking: 'Checking…',
    needed: 'The mail was asked for in another browser. Type the code from the mail.',
    wrong: 'This code does not fit. It ends after ten minutes or five wrong tries; then send a new mail.',
    another: 'Does it not work?',
    sendNew: 'Send a new mail',
  },
  resetPassword: {
    title: 'Choose another password',
    here: 'You are back with the link from our mail. Go on to choose another password.',
    elsewhere: 'To go on in this browser, type the code that stands in the mail with the link.',
    proven: 'That worked. Now choose another password.',
    newPassword: 'New password',
    everywhere: 'You will be logged out on every device.',
    save: 'Change password',
    saving: 'Changing your password…',
  },
  verifyEmail: {
    title: 'Confirm your email',
    next: 'Open its link to confirm your email, or type the code from the mail here. If it does not come, look into your spam too.',
    here: 'You are back with the link from our mail. Press the button to confirm your email.',
    elsewhere:
      'Did you register with this email? Then confirm it, with the button or with the code from the mail. If it was another person, close this page.',
    confirm: 'Confirm this email',
    confirmByCode: 'Confirm with the code',
    confirming: 'Confirming…',
    byHand: 'Type the code from our mail, or open its link.',
    overTitle: 'This link does not work',
    over: 'It is older than a day or not complete, or another registration with this email was confirmed. Log in, or register again.',
    done: 'Confirmed already?',
    login: 'Log in',
  },
  linkOver: {
    missing: {
      title: 'Open the link from the mail',
      text: 'This page goes on from the link in our mail. Open it once more, or send a new mail.',
    },
    invalid: {
      title: 'This link does not work',
      text: 'It is too old or not complete, or a newer change has ended it. A new mail brings a new one.',
    },
    used: {
      title: 'This link was used',
      text: 'Somebody has chosen a new password with it. If that was not you, send a new mail and choose another.',
    },
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
  changeEmail: {
    title: 'Use this email',
    here: 'You are back with the link from our mail. Your account gets this email when you go on.',
    elsewhere: 'To go on in this browser, type the code that stands in the mail with the link.',
    confirm: 'Use this email',
    askAgain: 'Ask for the change again',
    toAccount: 'Go to your account',
    changed: {
      title: 'Your email has changed',
      text: 'Your account has the new email from now on. Log in with it.',
    },
    used: {
      title: 'This link was used',
      text: 'The account got the new email with it. Log in with that one from now on.',
    },
    taken: {
      title: 'This email is taken',
      text: 'Another account has it by now. Your account keeps the email that it had.',
    },
    invalid: {
      title: 'This link does not work',
      text: 'It is too old or not complete, or the change was cancelled or replaced. Your account keeps the email that it had.',
    },
    missing: {
      title: 'Open the link from the mail',
      text: 'This page goes on from the link in our mail. Open it once more, or ask for the change again.',
    },
  },
  undo: {
    title: 'Undo the change',
    what: 'If you did not make the change that our mail tells of, undo it here.',
    outcome:
      'Your account gets the email back that it had before, every device is logged out, and we send a mail with which you choose another password.',
    codeHint: 'Six digits, in the mail with the link.',
    codeNeeded: 'Type the code from the mail: it keeps robots that open links from undoing your own changes.',
    wrong: 'The link and this code do not fit, or it is too late: a change can be undone for a week.',
    button: 'Undo the change',
    other: 'Was it you, but you forgot the password?',
    resetInstead: 'Choose another password',
    undone: {
      title: 'The change is undone',
      text: 'Every device is logged out. We sent a mail to the email that your account has again: choose another password with it.',
    },
    used: {
      title: 'This link was used',
      text: 'The change was undone with it. If you cannot log in, choose another password.',
    },
    missing: {
      title: 'Open the link from the mail',
      text: 'This page goes on from the link in our mail. Open it once more, or choose another password.',
    },
  },
}
