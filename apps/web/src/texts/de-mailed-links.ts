import type { enMailedLinks } from './en-mailed-links.ts'

/** The texts of the pages that mails lead to, and of those that ask for mails, in German. */
export const deMailedLinks: typeof enMailedLinks = {
  forgotPassword: {
    title: 'Passwort vergessen?',
    lead: 'Wir senden Ihnen eine E-Mail, mit der Sie ein neues wählen können.',
    send: 'E-Mail senden',
    sending: 'E-Mail wird gesendet …',
    remembered: 'Ist es Ihnen doch eingefallen?',
    login: 'Anmelden',
    offTitle: 'Kein Zurücksetzen per E-Mail',
    off: 'Passwörter lassen sich hier nicht per E-Mail zurücksetzen. Bitte wenden Sie sich an den Betrieb dieses Dienstes.',
  },
  mailSent: {
    title: 'Sehen Sie in Ihr Postfach',
    sent: 'Wir haben eine E-Mail an {email} gesendet. Es kann eine Minute dauern.',
    sentAgain: 'Wir haben die E-Mail noch einmal an {email} gesendet. Es kann eine Minute dauern.',
    tooSoon: 'Das war zu früh. Eine Minute nach einer E-Mail senden wir die nächste.',
    next: 'Öffnen Sie den Link darin in diesem Browser, oder geben Sie hier den Code aus der E-Mail ein. Wenn sie nicht kommt, sehen Sie auch im Spam nach.',
    resend: 'E-Mail noch einmal senden',
    resending: 'E-Mail wird gesendet …',
    wait: 'In {seconds} s können Sie sie noch einmal senden.',
    wrongEmail: 'Stimmt die Adresse nicht?',
    correct: 'Berichtigen',
  },
  mailCode: {
    label: 'Code aus der E-Mail',
    hint: 'Sechs Ziffern. Sie gelten zehn Minuten.',
    continue: 'Weiter',
    checking: 'Wird geprüft …',
    needed: 'Die E-Mail wurde in einem anderen Browser angefordert. Geben Sie den Code aus der E-Mail ein.',
    wrong:
      'Dieser Code passt nicht. Er gilt zehn Minuten und fünf Versuche lang; fordern Sie danach eine neue E-Mail an.',
    another: 'Klappt es nicht?',
    sendNew: 'Neue E-Mail senden',
  },
  resetPassword: {
    title: 'Neues Passwort wählen',
    here: 'Da sind Sie wieder, mit dem Link aus unserer E-Mail. Gehen Sie weiter, um ein neues Passwort zu wählen.',
    elsewhere:
      'Um in diesem Browser weiterzugehen, geben Sie den Code ein, der in der E-Mail beim Link steht.',
    proven: 'Das hat geklappt. Wählen Sie jetzt ein neues Passwort.',
    newPassword: 'Neues Passwort',
    everywhere: 'Alle Geräte werden abgemeldet.',
    save: 'Passwort ändern',
    saving: 'Passwort wird geändert …',
  },
  verifyEmail: {
    title: 'E-Mail-Adresse bestätigen',
    next: 'Öffnen Sie den Link darin, um Ihre Adresse zu bestätigen, oder geben Sie hier den Code aus der E-Mail ein. Wenn sie nicht kommt, sehen Sie auch im Spam nach.',
    here: 'Da sind Sie wieder, mit dem Link aus unserer E-Mail. Drücken Sie den Knopf, um Ihre Adresse zu bestätigen.',
    elsewhere:
      'Jemand hat sich mit dieser E-Mail-Adresse registriert. Sehen Sie nach, wer es war, und bestätigen Sie dann die Adresse, oder löschen Sie die Registrierung.',
    showRegistrant: 'Zeigen, wer sich registriert hat',
    confirm: 'Diese Adresse bestätigen',
    confirmByCode: 'Mit dem Code bestätigen',
    confirming: 'Wird bestätigt …',
    byHand: 'Geben Sie den Code aus unserer E-Mail ein, oder öffnen Sie den Link darin.',
    overTitle: 'Dieser Link gilt nicht',
    over: 'Er ist älter als einen Tag oder nicht vollständig, oder eine andere Registrierung mit dieser Adresse wurde bestätigt. Melden Sie sich an, oder registrieren Sie sich noch einmal.',
    done: 'Schon bestätigt?',
    login: 'Anmelden',
  },
  registrant: {
    title: 'Haben Sie sich registriert?',
    name: 'Name',
    when: 'Wann',
    device: 'Gerät',
    deviceOn: '{browser} unter {os}',
    address: 'Adresse',
    unknown: 'unbekannt',
    notMine:
      'Wenn es jemand anders war, geben Sie den Code aus der E-Mail ein und löschen Sie, was registriert wurde.',
    codeHint:
      'Sechs Ziffern, in der E-Mail mit dem Link. So entscheiden keine Programme für Sie, die Links öffnen.',
    reject: 'Das war ich nicht: löschen',
    wrong: 'Dieser Code passt nicht. Nehmen Sie den aus unserer neuesten E-Mail.',
    rejected: {
      title: 'Es ist gelöscht',
      text: 'Zu dieser Registrierung gibt es kein Konto. Sie können sich selbst mit Ihrer Adresse registrieren.',
    },
  },
  linkOver: {
    missing: {
      title: 'Öffnen Sie den Link aus der E-Mail',
      text: 'Diese Seite beginnt mit dem Link aus unserer E-Mail. Öffnen Sie ihn noch einmal, oder senden Sie eine neue E-Mail.',
    },
    invalid: {
      title: 'Dieser Link gilt nicht',
      text: 'Er ist zu alt oder nicht vollständig, oder eine neuere Änderung hat ihn beendet. Mit einer neuen E-Mail kommt ein neuer.',
    },
    used: {
      title: 'Dieser Link wurde schon benutzt',
      text: 'Jemand hat damit ein neues Passwort gewählt. Wenn Sie das nicht waren, senden Sie eine neue E-Mail und wählen Sie ein anderes.',
    },
  },
  changeEmail: {
    title: 'Diese Adresse nutzen',
    here: 'Da sind Sie wieder, mit dem Link aus unserer E-Mail. Wenn Sie weitergehen, bekommt Ihr Konto diese Adresse.',
    elsewhere:
      'Um in diesem Browser weiterzugehen, geben Sie den Code ein, der in der E-Mail beim Link steht.',
    confirm: 'Diese Adresse nutzen',
    consent: {
      title: 'Andere Adresse erlauben',
      here: 'Da sind Sie wieder, mit dem Link aus unserer E-Mail. Wenn Sie weitergehen, stimmen Sie zu, dass Ihr Konto eine andere E-Mail-Adresse bekommt.',
      confirm: 'Andere Adresse erlauben',
    },
    askAgain: 'Änderung neu anfordern',
    toAccount: 'Zu Ihrem Konto',
    waitsForOld: {
      title: 'Eine Zustimmung fehlt noch',
      text: 'Diese Adresse ist bestätigt. Ihr Konto bekommt sie, sobald Sie auch mit der E-Mail zustimmen, die wir an Ihre alte Adresse gesendet haben.',
    },
    waitsForNew: {
      title: 'Eine Zustimmung fehlt noch',
      text: 'Sie haben zugestimmt. Ihr Konto bekommt die neue Adresse, sobald sie mit der E-Mail bestätigt ist, die wir dorthin gesendet haben.',
    },
    changed: {
      title: 'Ihre E-Mail-Adresse ist geändert',
      text: 'Ihr Konto hat ab jetzt die neue Adresse. Melden Sie sich mit ihr an.',
    },
    used: {
      title: 'Dieser Link wurde schon benutzt',
      text: 'Die Änderung wurde damit bestätigt. Sobald Ihr Konto die neue Adresse hat, melden Sie sich mit ihr an.',
    },
    taken: {
      title: 'Diese Adresse ist vergeben',
      text: 'Inzwischen hat sie ein anderes Konto. Ihr Konto behält die Adresse, die es hatte.',
    },
    invalid: {
      title: 'Dieser Link gilt nicht',
      text: 'Er ist zu alt oder nicht vollständig, oder die Änderung wurde abgebrochen oder ersetzt. Ihr Konto behält die Adresse, die es hatte.',
    },
    missing: {
      title: 'Öffnen Sie den Link aus der E-Mail',
      text: 'Diese Seite beginnt mit dem Link aus unserer E-Mail. Öffnen Sie ihn noch einmal, oder fordern Sie die Änderung neu an.',
    },
  },
  undo: {
    title: 'Änderung rückgängig machen',
    what: 'Wenn die Änderung, von der unsere E-Mail berichtet, nicht von Ihnen ist, machen Sie sie hier rückgängig.',
    outcome:
      'Ihr Konto bekommt die vorherige E-Mail-Adresse zurück, alle Geräte werden abgemeldet, und wir senden Ihnen eine E-Mail, mit der Sie ein neues Passwort wählen.',
    codeHint: 'Sechs Ziffern, in der E-Mail mit dem Link.',
    codeNeeded:
      'Geben Sie den Code aus der E-Mail ein: So machen keine Programme, die Links öffnen, Ihre eigenen Änderungen rückgängig.',
    wrong:
      'Link und Code passen nicht zusammen, oder es ist zu spät: Eine Änderung lässt sich eine Woche lang rückgängig machen.',
    button: 'Rückgängig machen',
    other: 'Waren Sie es, haben aber das Passwort vergessen?',
    resetInstead: 'Neues Passwort wählen',
    undone: {
      title: 'Die Änderung ist rückgängig gemacht',
      text: 'Alle Geräte sind abgemeldet. An die Adresse, die Ihr Konto jetzt wieder hat, haben wir eine E-Mail gesendet: Wählen Sie damit ein neues Passwort.',
    },
    used: {
      title: 'Dieser Link wurde schon benutzt',
      text: 'Die Änderung wurde damit rückgängig gemacht. Wenn Sie sich nicht anmelden können, wählen Sie ein neues Passwort.',
    },
    missing: {
      title: 'Öffnen Sie den Link aus der E-Mail',
      text: 'Diese Seite beginnt mit dem Link aus unserer E-Mail. Öffnen Sie ihn noch einmal, oder wählen Sie ein neues Passwort.',
    },
  },
}
