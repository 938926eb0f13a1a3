import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in German. */
export const de: LetterTexts = {
  hello: 'Hallo,',
  helloName: 'Hallo {name},',
  codeSubject: '{code} ist Ihr Code für {brand}',
  cause: {
    when: 'Wann',
    device: 'Gerät',
    deviceOn: '{browser} unter {os}',
    address: 'Adresse',
    unknown: 'unbekannt',
  },
  code: {
    ask: 'Fragt die Seite nach einem Code? Geben Sie diesen ein:',
    works: 'Der Code gilt {minutes} Minuten, der Link bis {until}. Geben Sie beides niemandem weiter.',
  },
  undo: {
    ask: 'Wenn Sie davon wissen, müssen Sie nichts tun. Wenn nicht, machen Sie es jetzt rückgängig: Alle Geräte werden abgemeldet, und Sie wählen ein neues Passwort.',
    label: 'Das war ich nicht: rückgängig machen',
    code: 'Die Seite fragt nach diesem Code:',
    works: 'Link und Code gelten bis {until}. Geben Sie beides niemandem weiter.',
  },
  passwordReset: {
    text: 'Jemand möchte das Passwort Ihres Kontos bei {brand} zurücksetzen. Wenn Sie das sind, öffnen Sie diese Seite:',
    label: 'Neues Passwort wählen',
    end: 'Wenn Sie das nicht sind, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist. Wer es zurücksetzen wollte, kann diese E-Mail nicht lesen.',
  },
  verifyEmail: {
    text: 'Jemand hat sich mit dieser E-Mail-Adresse bei {brand} registriert. Wenn Sie das waren, öffnen Sie diese Seite, um die Adresse zu bestätigen:',
    label: 'E-Mail-Adresse bestätigen',
    end: 'Wenn Sie das nicht waren, bestätigen Sie nicht: Das Konto hätte ein Passwort, das jemand anders gewählt hat.',
  },
  accountRecovered: {
    subject: 'Wählen Sie ein neues Passwort für {brand}',
    text: 'Eine Änderung Ihres Kontos bei {brand} wurde mit einer E-Mail an Sie rückgängig gemacht. Das Konto hat diese E-Mail-Adresse, alle Geräte sind abgemeldet, und kein Passwort gilt, bis Sie eines wählen:',
    label: 'Passwort wählen',
    end: 'Wenn der Link nicht mehr gilt, fordern Sie auf der Anmeldeseite eine neue E-Mail an.',
  },
  alreadyRegistered: {
    subject: 'Sie haben schon ein Konto bei {brand}',
    text: 'Jemand wollte sich mit dieser E-Mail-Adresse bei {brand} registrieren, zu der es schon ein Konto gibt. Wenn Sie das waren, melden Sie sich an. Auf derselben Seite geht es weiter, wenn Sie das Passwort vergessen haben.',
    label: 'Anmelden',
    end: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Konto bleibt, wie es ist.',
  },
  emailChange: {
    text: 'Jemand möchte diese E-Mail-Adresse für sein Konto bei {brand} nutzen. Wenn Sie das sind, öffnen Sie diese Seite:',
    label: 'Diese Adresse nutzen',
    end: 'Wenn Sie das nicht sind, müssen Sie nichts tun: Das Konto behält die Adresse, die es hat.',
  },
  emailChangeTaken: {
    subject: 'Jemand möchte Ihre E-Mail-Adresse bei {brand} nutzen',
    text: 'Jemand möchte sein Konto bei {brand} auf {email} umstellen. Zu dieser Adresse gibt es ein Konto, oder es gab vor einigen Tagen eines; deshalb ändert sich nichts.',
    end: 'Wenn Sie das waren, melden Sie sich mit dieser Adresse an oder nehmen Sie eine andere. Wenn nicht, müssen Sie nichts tun.',
  },
  emailChangeConsent: {
    subject: 'Soll Ihr Konto bei {brand} eine andere E-Mail-Adresse bekommen?',
    text: 'Jemand, der Ihr Passwort kennt, möchte für Ihr Konto bei {brand} eine andere E-Mail-Adresse. Die Adresse ändert sich nur, wenn Sie hier zustimmen und auch die neue bestätigt ist.',
    agree: 'Wenn Sie das waren, stimmen Sie bis {until} zu:',
    label: 'Andere Adresse erlauben',
    cancel:
      'Wenn Sie das nicht waren, stimmen Sie nicht zu. Brechen Sie die Änderung hier mit demselben Code ab: Alle Geräte werden abgemeldet, und Sie wählen ein neues Passwort.',
    cancelLabel: 'Das war ich nicht: abbrechen',
    works:
      'Dieser Link gilt bis {until}, auch nach der Änderung. Geben Sie die Links und den Code niemandem weiter.',
  },
  emailKept: {
    subject: 'Sie können sich später bei {brand} registrieren',
    text: 'Jemand hat sich mit dieser E-Mail-Adresse bei {brand} registriert. Ein Konto hatte sie bis vor Kurzem und kann sie noch einige Tage zurückholen; deshalb wurde nichts registriert. Wenn Sie das waren, registrieren Sie sich nach {until} noch einmal, oder nehmen Sie eine andere Adresse.',
    end: 'Wenn Sie das nicht waren, müssen Sie nichts tun.',
  },
  noAccount: {
    subject: 'Kein Konto bei {brand} hat diese E-Mail-Adresse',
    text: 'Jemand wollte bei {brand} ein Passwort mit {email} zurücksetzen, aber zu dieser Adresse gibt es kein Konto. Wenn Sie das waren, versuchen Sie es mit Ihren anderen Adressen, oder registrieren Sie sich.',
    end: 'Wenn Sie das nicht waren, müssen Sie nichts tun.',
  },
  notices: {
    password_changed: {
      subject: 'Ihr Passwort bei {brand} wurde geändert',
      text: 'Das Passwort Ihres Kontos bei {brand} wurde geändert. Alle anderen Geräte sind abgemeldet.',
    },
    password_was_reset: {
      subject: 'Ihr Passwort bei {brand} wurde zurückgesetzt',
      text: 'Das Passwort Ihres Kontos bei {brand} wurde mit einer E-Mail an diese Adresse zurückgesetzt. Alle Geräte sind abgemeldet.',
    },
    password_set_by_operator: {
      subject: '{brand} hat Ihr Passwort gesetzt',
      text: 'Der Betrieb von {brand} hat für Ihr Konto ein anderes Passwort gesetzt. Alle Geräte sind abgemeldet.',
    },
    sessions_revoked_by_operator: {
      subject: '{brand} hat Sie abgemeldet',
      text: 'Der Betrieb von {brand} hat Geräte Ihres Kontos abgemeldet.',
    },
    email_change_requested: {
      subject: 'Ihr Konto bei {brand} bekommt bald eine andere E-Mail-Adresse',
      text: 'Jemand, der Ihr Passwort kennt, möchte für Ihr Konto bei {brand} eine andere E-Mail-Adresse. Die Adresse ändert sich, sobald die neue bestätigt ist.',
    },
    email_changed: {
      subject: 'Ihr Konto bei {brand} hat eine andere E-Mail-Adresse',
      text: 'Ihr Konto bei {brand} hat diese E-Mail-Adresse nicht mehr. E-Mails zum Konto gehen ab jetzt an eine andere.',
    },
    email_is_new: {
      subject: 'Das ist die E-Mail-Adresse Ihres Kontos bei {brand}',
      text: 'Ihr Konto bei {brand} hat ab jetzt diese E-Mail-Adresse. Melden Sie sich mit ihr an.',
    },
    email_change_undone: {
      subject: 'Eine Änderung Ihres Kontos bei {brand} wurde rückgängig gemacht',
      text: 'Das Konto bei {brand}, das diese E-Mail-Adresse hatte, hat wieder die vorherige. Das wurde mit einer E-Mail an jene Adresse rückgängig gemacht, und alle Geräte sind abgemeldet.',
    },
    email_set_by_operator: {
      subject: '{brand} hat Ihrem Konto eine andere E-Mail-Adresse gegeben',
      text: 'Der Betrieb von {brand} hat dem Konto, das diese E-Mail-Adresse hatte, eine andere gegeben. Alle Geräte sind abgemeldet, und E-Mails zum Konto gehen an die andere Adresse.',
    },
    new_device: {
      subject: 'Ein neues Gerät hat sich bei Ihrem Konto bei {brand} angemeldet',
      text: 'Jemand hat sich mit dem Passwort bei Ihrem Konto bei {brand} angemeldet, von einem Gerät oder aus einem Netz, das dafür noch nie benutzt wurde.',
    },
    new_device_mails_off: {
      subject: '{brand} meldet Ihnen keine neuen Geräte mehr',
      text: 'E-Mails über neue Geräte wurden für Ihr Konto bei {brand} ausgeschaltet. Auf der Seite seiner Geräte lassen sie sich wieder einschalten.',
    },
    session_reused: {
      subject: 'Ein anderes Gerät hat eine Anmeldung Ihres Kontos bei {brand} benutzt',
      text: 'Ein Gerät hat ein Token Ihres Kontos bei {brand} vorgelegt, das schon ersetzt war. Jemand anders hat es vielleicht kopiert.',
    },
  },
  notice: {
    choose:
      'Wenn Sie davon wissen, müssen Sie nichts tun. Wenn nicht, wählen Sie jetzt ein neues Passwort: Das meldet alle Geräte ab.',
    label: 'Neues Passwort wählen',
    write:
      'Wenn Sie davon wissen, müssen Sie nichts tun. Wenn nicht, schreiben Sie an den Betrieb von {brand}.',
  },
  test: {
    subject: 'Eine Test-E-Mail von {brand}',
    text: 'E-Mails von {brand} kommen hier an. Diese wurde vom Betrieb verschickt, um das herauszufinden.',
  },
}
