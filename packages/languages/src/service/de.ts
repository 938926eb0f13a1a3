import type { ServiceTexts } from './texts.ts'

/** The texts of the service in German. */
export const de: ServiceTexts = {
  'Invalid input.': 'Ungültige Eingabe.',
  'Malformed request.': 'Fehlerhafte Anfrage.',
  'This email address cannot be registered. If it is yours, log in with its password.':
    'Diese E-Mail-Adresse kann nicht registriert werden. Wenn es deine ist, melde dich mit ihrem Passwort an.',
  'This link or code does not work. Ask for a new one.':
    'Dieser Link oder Code funktioniert nicht. Fordere einen neuen an.',
  'This link was used. If that was not you, ask for a new one.':
    'Dieser Link wurde schon benutzt. Wenn du das nicht warst, fordere einen neuen an.',
  'Another account has this email.': 'Ein anderes Konto hat diese E-Mail-Adresse.',
  'No active account found with the given credentials': 'Kein aktives Konto mit diesen Zugangsdaten gefunden',
  'Authentication credentials were not provided.': 'Anmeldedaten fehlen.',
  'Authorization header must contain two space-delimited values':
    'Der Authorization-Header muss zwei durch ein Leerzeichen getrennte Werte enthalten',
  'Token is invalid': 'Das Token ist ungültig',
  'Token is expired': 'Das Token ist abgelaufen',
  "Token has no 'exp' claim": "Das Token hat kein 'exp'",
  'Token has no id': 'Das Token hat keine Id',
  'Token has no type': 'Das Token hat keinen Typ',
  'Token has wrong type': 'Das Token hat den falschen Typ',
  'Token contained no recognizable user identification': 'Das Token nennt keinen erkennbaren Benutzer',
  'Token is blacklisted': 'Das Token ist gesperrt',
  'No active account found for the given token.': 'Kein aktives Konto zu diesem Token gefunden.',
  'User not found': 'Benutzer nicht gefunden',
  'User is inactive': 'Der Benutzer ist nicht aktiv',
  'Registration is closed.': 'Die Registrierung ist geschlossen.',
  'This service sends no mail.': 'Dieser Dienst verschickt keine E-Mails.',
  'E-mail is not verified.': 'Die E-Mail-Adresse ist nicht bestätigt.',
  'Not found.': 'Nicht gefunden.',
  'Method not allowed.': 'Methode nicht erlaubt.',
  'Could not satisfy the request Accept header.': 'Kann die Accept Kopfzeile der Anfrage nicht erfüllen.',
  'Request body is too large.': 'Der Inhalt der Anfrage ist zu groß.',
  'Unsupported media type in request.': 'Nicht unterstützter Medientyp in der Anfrage.',
  'Request was throttled.': 'Die Anfrage wurde gedrosselt.',
  'The service is busy. Try again in a moment.':
    'Der Dienst ist ausgelastet. Versuche es gleich noch einmal.',
  'Accounts cannot be changed at the moment. Try again later.':
    'Konten können im Moment nicht geändert werden. Versuche es später noch einmal.',
  'The service is not available. Try again in a moment.':
    'Der Dienst ist nicht erreichbar. Versuche es gleich noch einmal.',
  'Something went wrong on our side.': 'Bei uns ist etwas schiefgegangen.',
  'This field is required.': 'Dieses Feld ist erforderlich.',
  'This field may not be null.': 'Dieses Feld darf nicht null sein.',
  'This field may not be blank.': 'Dieses Feld darf nicht leer sein.',
  'Not a valid string.': 'Kein gültiger Text.',
  'Null characters are not allowed.': 'Nullzeichen sind nicht erlaubt.',
  'Surrogate characters are not allowed: {code}.': 'Surrogat-Zeichen sind nicht erlaubt: {code}.',
  'Ensure this field has no more than {count} characters.':
    'Stelle sicher, dass dieses Feld nicht mehr als {count} Zeichen lang ist.',
  'Ensure this field has no more than {count} bytes.':
    'Stelle sicher, dass dieses Feld nicht mehr als {count} Bytes lang ist.',
  'Ensure this value is greater than or equal to {count}.':
    'Stelle sicher, dass dieser Wert größer oder gleich {count} ist.',
  'Ensure this value is less than or equal to {count}.':
    'Stelle sicher, dass dieser Wert kleiner oder gleich {count} ist.',
  'A valid integer is required.': 'Eine gültige Ganzzahl ist erforderlich.',
  'Must be a valid boolean.': 'Muss wahr oder falsch sein.',
  'Must be a valid UUID.': 'Muss eine gültige UUID sein.',
  '{input} is not a valid choice.': '{input} ist keine gültige Option.',
  'Enter a valid email address.': 'Gib eine gültige E-Mail Adresse an.',
  'Invalid data. Expected a dictionary.': 'Ungültige Daten. Dictionary erwartet.',
  'Invalid data. Expected a dictionary, but got {type}.':
    'Ungültige Daten. Dictionary erwartet, aber {type} erhalten.',
  'No data provided': 'Keine Daten angegeben',
  'A user with that email already exists.': 'Einen Benutzer mit dieser E-Mail-Adresse gibt es schon.',
  'You have no such session.': 'Eine solche Sitzung hast du nicht.',
  'Your current password was entered incorrectly. Please enter it again.':
    'Das aktuelle Passwort ist nicht richtig. Bitte gib es noch einmal ein.',
  'The new password must differ from the current one.':
    'Das neue Passwort muss sich vom aktuellen unterscheiden.',
  'This password is too short. It must contain at least {count} characters.':
    'Dieses Passwort ist zu kurz. Es muss mindestens {count} Zeichen enthalten.',
  'This password is too common.': 'Dieses Passwort ist zu üblich.',
  'This is your email already.': 'Das ist schon deine E-Mail-Adresse.',
  'Method "{method}" not allowed.': 'Methode "{method}" nicht erlaubt.',
  'Unsupported media type "{type}" in request.': 'Nicht unterstützter Medientyp "{type}" in der Anfrage.',
  'JSON parse error - The body is not valid JSON': 'JSON-Fehler - Der Inhalt ist kein gültiges JSON',
  'Multipart form parse error - {reason}': 'Fehler im Multipart-Formular - {reason}',
  'Request was throttled. Expected available in {count} second.':
    'Die Anfrage wurde gedrosselt. Erwarte Verfügbarkeit in {count} Sekunde.',
  'Request was throttled. Expected available in {count} seconds.':
    'Die Anfrage wurde gedrosselt. Erwarte Verfügbarkeit in {count} Sekunden.',
  'Given token not valid for any token type': 'Das Token ist für keinen Tokentyp gültig',
  'Verification e-mail sent.': 'Bestätigungs-E-Mail verschickt.',
}
