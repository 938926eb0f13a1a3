import { deAccount } from './de-account.ts'
import { deForms } from './de-forms.ts'
import { deMailedLinks } from './de-mailed-links.ts'
import type { en } from './en.ts'

/** The texts of the pages in German. */
export const de: typeof en = {
  ...deForms,
  ...deAccount,
  ...deMailedLinks,
  login: {
    title: 'Anmelden',
    lead: 'Schön, dass Sie wieder da sind.',
    forgot: 'Passwort vergessen?',
    isNew: 'Neu hier?',
    register: 'Konto erstellen',
    wrong: 'E-Mail-Adresse und Passwort passen nicht zusammen.',
    plainHttp:
      'Diese Seite wurde über http geöffnet. So behält Ihr Browser keine Anmeldung. Öffnen Sie sie mit https:// vor der Adresse.',
  },
  loginForm: { password: 'Passwort', submit: 'Anmelden', submitting: 'Sie werden angemeldet …' },
  loginNotices: {
    sessionEnded: 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich wieder an.',
    draftLost:
      'Ihre Sitzung ist abgelaufen. Ihr Text war zu lang, um ihn so lange aufzubewahren, und ist verloren. Bitte melden Sie sich wieder an.',
    loggedOut: 'Sie sind abgemeldet.',
    loggedOutHere:
      'Sie sind in diesem Browser abgemeldet. Wir konnten unseren Dienst nicht erreichen: Er führt dieses Gerät vielleicht noch einige Tage.',
    passwordReset: 'Ihr Passwort ist geändert.',
    emailVerified: 'Ihre E-Mail-Adresse ist bestätigt.',
    notKept:
      'Ihr Browser hat die Anmeldung nicht behalten. Erlauben Sie Cookies für diese Seite. Safari und andere Browser mit WebKit behalten sie nur, wenn die Adresse mit https:// beginnt.',
    unavailable: 'Wir erreichen Ihr Konto gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
  },
  register: {
    title: 'Konto erstellen',
    lead: 'Ein Konto für alle Apps von Pockitflyer.',
    hasAccount: 'Haben Sie schon eines?',
    login: 'Anmelden',
    closedTitle: 'Die Registrierung ist geschlossen',
    closed:
      'Neue Konten lassen sich hier im Moment nicht erstellen. Wenn Sie eines haben, können Sie sich anmelden.',
    closedError: 'Neue Konten lassen sich hier im Moment nicht erstellen.',
  },
  registerForm: {
    password: 'Passwort',
    name: 'Anzeigename (freiwillig)',
    nameHint: 'Was andere sehen. Sie können ihn jederzeit ändern.',
    submit: 'Konto erstellen',
    submitting: 'Ihr Konto wird erstellt …',
  },
}
