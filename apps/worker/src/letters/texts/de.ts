import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in German. */
export const de: LetterTexts = {
  hello: 'Hallo,',
  helloName: 'Hallo {name},',
  codeSubject: '{code} ist dein Code für {brand}',
  cause: {
    when: 'Wann',
    device: 'Gerät',
    deviceOn: '{browser} unter {os}',
    address: 'Adresse',
    unknown: 'unbekannt',
  },
  code: {
    ask: 'Fragt die Seite nach einem Code? Gib diesen ein:',
    works: 'Der Code gilt {minutes} Minuten, der Link bis {until}. Gib beides niemandem weiter.',
  },
  undo: {
    ask: 'Wenn du davon weißt, musst du nichts tun. Wenn nicht, mach es jetzt rückgängig: Alle Geräte werden abgemeldet, und du wählst ein neues Passwort.',
    label: 'Das war ich nicht: rückgängig machen',
    code: 'Die Seite fragt nach diesem Code:',
    works: 'Link und Code gelten bis {until}. Gib beides niemandem weiter.',
  },
  passwordReset: {
    text: 'Jemand möchte das Passwort deines Kontos bei {brand} zurücksetzen. Wenn du das bist, öffne diese Seite:',
    label: 'Neues Passwort wählen',
    end: 'Wenn du das nicht bist, musst du nichts tun: Dein Passwort bleibt, wie es ist. Wer es zurücksetzen wollte, kann diese E-Mail nicht lesen.',
  },
  verifyEmail: {
    text: 'Jemand hat sich mit dieser E-Mail-Adresse bei {brand} registriert. Wenn du das warst, öffne diese Seite, um die Adresse zu bestätigen:',
    label: 'E-Mail-Adresse bestätigen',
    end: 'Wenn du das nicht warst, bestätige nicht: Das Konto hätte ein Passwort, das jemand anders gewählt hat.',
  },
  accountRecovered: {
    subject: 'Wähle ein neues Passwort für {brand}',
    text: 'Eine Änderung deines Kontos bei {brand} wurde mit einer E-Mail an dich rückgängig gemacht. Das Konto hat diese E-Mail-Adresse, alle Geräte sind abgemeldet, und kein Passwort gilt, bis du eines wählst:',
    label: 'Passwort wählen',
    end: 'Wenn der Link nicht mehr gilt, fordere auf der Anmeldeseite eine neue E-Mail an.',
  },
  alreadyRegistered: {
    subject: 'Du hast schon ein Konto bei {brand}',
    text: 'Jemand wollte sich mit dieser E-Mail-Adresse bei {brand} registrieren, zu der es schon ein Konto gibt. Wenn du das warst, melde dich an. Auf derselben Seite geht es weiter, wenn du das Passwort vergessen hast.',
    label: 'Anmelden',
    end: 'Wenn du das nicht warst, musst du nichts tun: Dein Konto bleibt, wie es ist.',
  },
  emailChange: {
    text: 'Jemand möchte diese E-Mail-Adresse für sein Konto bei {brand} verwenden. Wenn du das bist, öffne diese Seite:',
    label: 'Diese Adresse verwenden',
    end: 'Wenn du das nicht bist, musst du nichts tun: Das Konto behält die Adresse, die es hat.',
  },
  emailChangeTaken: {
    subject: 'Jemand möchte deine E-Mail-Adresse bei {brand} verwenden',
    text: 'Jemand möchte sein Konto bei {brand} auf {email} umstellen. Zu dieser Adresse gibt es ein Konto, oder es gab vor einigen Tagen eines; deshalb ändert sich nichts.',
    end: 'Wenn du das warst, melde dich mit dieser Adresse an oder nimm eine andere. Wenn nicht, musst du nichts tun.',
  },
  emailChangeConsent: {
    subject: 'Soll dein Konto bei {brand} eine andere E-Mail-Adresse bekommen?',
    text: 'Jemand, der dein Passwort kennt, möchte für dein Konto bei {brand} eine andere E-Mail-Adresse. Sie ändert sich nur, wenn du hier zustimmst und auch die neue Adresse bestätigt ist.',
    agree: 'Wenn du das warst, stimme bis {until} zu:',
    label: 'Der anderen Adresse zustimmen',
    cancel:
      'Wenn du das nicht warst, stimme nicht zu. Brich die Änderung hier mit demselben Code ab: Alle Geräte werden abgemeldet, und du wählst ein neues Passwort.',
    cancelLabel: 'Das war ich nicht: abbrechen',
    works:
      'Dieser Link gilt bis {until}, auch nach der Änderung. Gib die Links und den Code niemandem weiter.',
  },
  emailKept: {
    subject: 'Du kannst dich später bei {brand} registrieren',
    text: 'Jemand hat sich mit dieser E-Mail-Adresse bei {brand} registriert. Ein Konto hatte sie bis vor Kurzem und kann sie noch einige Tage zurückholen; deshalb wurde nichts registriert. Wenn du das warst, registriere dich nach {until} noch einmal, oder nimm eine andere Adresse.',
    end: 'Wenn du das nicht warst, musst du nichts tun.',
  },
  noAccount: {
    subject: 'Kein Konto bei {brand} hat diese E-Mail-Adresse',
    text: 'Jemand wollte bei {brand} ein Passwort mit {email} zurücksetzen, aber zu dieser Adresse gibt es kein Konto. Wenn du das warst, versuche es mit deinen anderen Adressen, oder registriere dich.',
    end: 'Wenn du das nicht warst, musst du nichts tun.',
  },
  notices: {
    password_changed: {
      subject: 'Dein Passwort bei {brand} wurde geändert',
      text: 'Das Passwort deines Kontos bei {brand} wurde geändert. Alle anderen Geräte sind abgemeldet.',
    },
    password_was_reset: {
      subject: 'Dein Passwort bei {brand} wurde zurückgesetzt',
      text: 'Das Passwort deines Kontos bei {brand} wurde mit einer E-Mail an diese Adresse zurückgesetzt. Alle Geräte sind abgemeldet.',
    },
    password_set_by_operator: {
      subject: '{brand} hat dein Passwort gesetzt',
      text: 'Der Betrieb von {brand} hat für dein Konto ein anderes Passwort gesetzt. Alle Geräte sind abgemeldet.',
    },
    sessions_revoked_by_operator: {
      subject: '{brand} hat dich abgemeldet',
      text: 'Der Betrieb von {brand} hat Geräte deines Kontos abgemeldet.',
    },
    email_change_requested: {
      subject: 'Dein Konto bei {brand} bekommt bald eine andere E-Mail-Adresse',
      text: 'Jemand, der dein Passwort kennt, möchte für dein Konto bei {brand} eine andere E-Mail-Adresse. Sie ändert sich, sobald die neue Adresse bestätigt ist.',
    },
    email_changed: {
      subject: 'Dein Konto bei {brand} hat eine andere E-Mail-Adresse',
      text: 'Dein Konto bei {brand} hat diese E-Mail-Adresse nicht mehr. E-Mails zum Konto gehen ab jetzt an eine andere.',
    },
    email_is_new: {
      subject: 'Das ist die E-Mail-Adresse deines Kontos bei {brand}',
      text: 'Dein Konto bei {brand} hat ab jetzt diese E-Mail-Adresse. Melde dich mit ihr an.',
    },
    email_change_undone: {
      subject: 'Eine Änderung deines Kontos bei {brand} wurde rückgängig gemacht',
      text: 'Das Konto bei {brand}, das diese E-Mail-Adresse hatte, hat wieder die vorherige. Das wurde mit einer E-Mail an jene Adresse rückgängig gemacht, und alle Geräte sind abgemeldet.',
    },
    email_set_by_operator: {
      subject: '{brand} hat deinem Konto eine andere E-Mail-Adresse gegeben',
      text: 'Der Betrieb von {brand} hat dem Konto, das diese E-Mail-Adresse hatte, eine andere gegeben. Alle Geräte sind abgemeldet, und E-Mails zum Konto gehen an die andere Adresse.',
    },
    new_device: {
      subject: 'Ein neues Gerät hat sich bei deinem Konto bei {brand} angemeldet',
      text: 'Jemand hat sich mit dem Passwort bei deinem Konto bei {brand} angemeldet, von einem Gerät oder aus einem Netz, das dafür noch nie benutzt wurde.',
    },
    new_device_mails_off: {
      subject: '{brand} meldet dir keine neuen Geräte mehr',
      text: 'E-Mails über neue Geräte wurden für dein Konto bei {brand} ausgeschaltet. Auf der Seite seiner Geräte lassen sie sich wieder einschalten.',
    },
    session_reused: {
      subject: 'Ein anderes Gerät hat eine Anmeldung deines Kontos bei {brand} benutzt',
      text: 'Ein Gerät hat ein Token deines Kontos bei {brand} vorgelegt, das schon ersetzt war. Jemand anders hat es vielleicht kopiert.',
    },
  },
  notice: {
    choose:
      'Wenn du davon weißt, musst du nichts tun. Wenn nicht, wähle jetzt ein neues Passwort: Das meldet alle Geräte ab.',
    label: 'Neues Passwort wählen',
    write: 'Wenn du davon weißt, musst du nichts tun. Wenn nicht, schreib an den Betrieb von {brand}.',
  },
  test: {
    subject: 'Eine Test-E-Mail von {brand}',
    text: 'E-Mails von {brand} kommen hier an. Diese wurde vom Betrieb verschickt, um das herauszufinden.',
  },
}
