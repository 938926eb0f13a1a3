/**
 * The texts of the pages in English: one group a page. Each value is plain text, so that a page can
 * pass a group to a component in the browser. `{name}` stands for what `fillText` puts there.
 */
export const en = {
  login: {
    forgot: 'Forgot password?',
    passwordReset: 'Your password has changed. Log in.',
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
  linkOver: {
    missingTitle: 'Open the link from the mail',
    missing: 'This page goes on from the link in our mail. Open it once more, or send a new mail.',
    invalidTitle: 'This link does not work',
    invalid: 'It is too old or not complete, or a newer change has ended it. A new mail brings a new one.',
    usedTitle: 'This link was used',
    used: 'Somebody has chosen a new password with it. If that was not you, send a new mail and choose another.',
    sendNew: 'Send a new mail',
  },
}
