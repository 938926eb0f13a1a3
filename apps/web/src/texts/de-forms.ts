import type { enForms } from './en-forms.ts'
import { plural } from './plural.ts'

/** The texts of every form and of the frame of the pages, in German. */
export const deForms: typeof enForms = {
  forms: {
    offline: 'Sie sind anscheinend offline. Es wurde nichts gesendet.',
    unsure:
      'Die Verbindung brach ab, bevor unsere Antwort ankam. Vielleicht ist es gespeichert: Laden Sie die Seite neu, um nachzusehen.',
    reload: 'Seite neu laden',
    failed: 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.',
    tooLarge: 'Das ist mehr Text, als wir annehmen können. Bitte kürzen Sie ihn.',
    restored: 'Hier steht, was Sie geschrieben haben. Es ist noch nicht gespeichert.',
    outdated:
      'Diese Seite wurde erneuert, während Sie sie offen hatten. Es wurde nichts gesendet: Bitte senden Sie es noch einmal.',
    noAt: 'Eine E-Mail-Adresse hat ein @, wie name@example.com.',
    wait: 'Sie können es in {time} noch einmal versuchen.',
    waitOver: 'Sie können es jetzt noch einmal versuchen.',
    email: 'E-Mail-Adresse',
    showField: '{label} zeigen',
    errorTitle: 'Etwas ist schiefgegangen',
    error: 'Das war unser Fehler, nicht Ihrer. Bitte versuchen Sie es noch einmal.',
    retry: 'Noch einmal versuchen',
    home: 'Zurück zu Ihrem Konto',
  },
  newPassword: {
    rule: plural({
      one: 'Mindestens {count} Zeichen. Länger ist besser.',
      other: 'Mindestens {count} Zeichen. Länger ist besser.',
    }),
    noRule: 'Länger ist besser.',
  },
  fieldErrors: {
    blank: {
      email: 'Geben Sie Ihre E-Mail-Adresse ein.',
      new_email: 'Geben Sie Ihre neue E-Mail-Adresse ein.',
      password: 'Geben Sie Ihr Passwort ein.',
      current_password: 'Geben Sie Ihr aktuelles Passwort ein.',
      new_password: 'Geben Sie ein neues Passwort ein.',
      display_name: 'Geben Sie einen Namen ein.',
      code: 'Geben Sie die sechs Ziffern aus der E-Mail ein.',
      title: 'Geben Sie einen Titel ein.',
    },
    missing: 'Füllen Sie dieses Feld aus.',
    noEmail: 'Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@example.com.',
    tooLong: plural({ other: 'Hier ist Platz für höchstens {count} Zeichen.' }),
    tooLongPassword: plural({
      other:
        'Dieses Passwort ist zu lang: Es darf höchstens {count} Bytes haben, das sind so viele einfache Buchstaben.',
    }),
    tooShort: plural({ other: 'Dieses Passwort ist zu kurz. Nehmen Sie mindestens {count} Zeichen.' }),
    tooCommon: 'Viele benutzen dieses Passwort, deshalb ist es leicht zu erraten. Wählen Sie ein anderes.',
    samePassword: 'Das ist Ihr aktuelles Passwort. Wählen Sie ein anderes.',
    wrongPassword: 'Das ist nicht Ihr aktuelles Passwort.',
    strangeCharacter: 'Ein Zeichen darin lässt sich nicht speichern. Schreiben Sie den Text neu.',
  },
  failures: {
    unreachable: 'Wir erreichen unseren Dienst gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
    throttled: 'Das war zu oft. Bitte warten Sie {time}.',
    overloaded: 'Gerade sind sehr viele hier. Bitte versuchen Sie es gleich noch einmal.',
    tooLarge: 'Das ist mehr Text, als wir annehmen können. Bitte kürzen Sie ihn.',
    readOnly:
      'Konten können im Moment nicht geändert werden, weil wir sie auf ein anderes System umziehen. Sie können Ihres wie immer benutzen. Bitte versuchen Sie die Änderung später noch einmal.',
    ours: 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal. Unsere Nummer dafür: {number}',
  },
  frame: {
    help: 'Hilfe',
    terms: 'Nutzungsbedingungen',
    privacy: 'Datenschutz',
    language: 'Sprache',
  },
  notFound: {
    title: 'Seite nicht gefunden',
    heading: 'Dieser Flyer ist weg',
    text: 'An dieser Adresse hängt nichts. Vielleicht hat ihn jemand abgenommen, oder die Adresse enthält einen Tippfehler.',
    home: 'Zurück zu Ihrem Konto',
  },
  faults: {
    tooLarge: 'Das ist mehr, als diese Seite annimmt. Gehen Sie zurück und kürzen Sie es.',
    malformed: 'Diese Anfrage ist nicht lesbar.',
    noMethod: 'Diese Seite kennt diese Methode nicht.',
    foreign:
      'Das kam von einer anderen Website, deshalb ist nichts geschehen. Öffnen Sie die Seite selbst und versuchen Sie es noch einmal.',
    failed: 'Bei uns ist etwas schiefgegangen.',
  },
}
