import type { ServiceTexts } from './texts.ts'

/** The texts of the service in French. */
export const fr: ServiceTexts = {
  'Invalid input.': 'Saisie non valide.',
  'Malformed request.': 'Requête malformée',
  'This email address cannot be registered. If it is yours, log in with its password.':
    'Cette adresse e-mail ne peut pas être inscrite. Si c’est la vôtre, connectez-vous avec son mot de passe.',
  'This link or code does not work. Ask for a new one.':
    'Ce lien ou ce code ne fonctionne pas. Demandez-en un nouveau.',
  'This link was used. If that was not you, ask for a new one.':
    'Ce lien a déjà été utilisé. Si ce n’était pas vous, demandez-en un nouveau.',
  'Another account has this email.': 'Un autre compte a cette adresse e-mail.',
  'No active account found with the given credentials':
    "Aucun compte actif n'a été trouvé avec les identifiants fournis",
  'Authentication credentials were not provided.': "Informations d'authentification non fournies.",
  'Authorization header must contain two space-delimited values':
    "L'en-tête 'Authorization' doit contenir deux valeurs séparées par des espaces",
  'Token is invalid': "Le jeton n'est pas valide",
  'Token is expired': 'Le jeton a expiré',
  "Token has no 'exp' claim": "Le jeton n'a pas le privilège 'exp'",
  'Token has no id': "Le jeton n'a pas d'id",
  'Token has no type': "Le jeton n'a pas de type",
  'Token has wrong type': 'Le jeton a un type erroné',
  'Token contained no recognizable user identification':
    "Le jeton ne contient aucune information permettant d'identifier l'utilisateur",
  'Token is blacklisted': 'Le jeton a été banni',
  'No active account found for the given token.': 'Aucun compte actif n’a été trouvé pour ce jeton.',
  'User not found': "L'utilisateur n'a pas été trouvé",
  'User is inactive': "L'utilisateur est désactivé",
  'Registration is closed.': 'Les inscriptions sont fermées.',
  'This service sends no mail.': 'Ce service n’envoie pas d’e-mails.',
  'E-mail is not verified.': 'L’adresse e-mail n’est pas vérifiée.',
  'Not found.': 'Pas trouvé.',
  'Method not allowed.': 'Méthode non autorisée.',
  'Could not satisfy the request Accept header.': "L'en-tête « Accept » n'a pas pu être satisfaite.",
  'Request body is too large.': 'Le contenu de la requête est trop volumineux.',
  'Unsupported media type in request.': 'Type de média non supporté.',
  'Request was throttled.': 'Requête ralentie.',
  'The service is busy. Try again in a moment.': 'Le service est surchargé. Réessayez dans un instant.',
  'Accounts cannot be changed at the moment. Try again later.':
    'Les comptes ne peuvent pas être modifiés pour le moment. Réessayez plus tard.',
  'The service is not available. Try again in a moment.':
    'Le service n’est pas disponible. Réessayez dans un instant.',
  'Something went wrong on our side.': 'Une erreur s’est produite de notre côté.',
  'This field is required.': 'Ce champ est obligatoire.',
  'This field may not be null.': 'Ce champ ne peut être nul.',
  'This field may not be blank.': 'Ce champ ne peut être vide.',
  'Not a valid string.': 'Texte non valide.',
  'Null characters are not allowed.': 'Le caractère nul n’est pas autorisé.',
  'Surrogate characters are not allowed: {code}.':
    'Les caractères de substitution ne sont pas autorisés : {code}.',
  'Ensure this field has no more than {count} characters.':
    'Assurez-vous que ce champ comporte au plus {count} caractères.',
  'Ensure this field has no more than {count} bytes.':
    'Assurez-vous que ce champ comporte au plus {count} octets.',
  'Ensure this value is greater than or equal to {count}.':
    'Assurez-vous que cette valeur est supérieure ou égale à {count}.',
  'Ensure this value is less than or equal to {count}.':
    'Assurez-vous que cette valeur est inférieure ou égale à {count}.',
  'A valid integer is required.': 'Un nombre entier valide est requis.',
  'Must be a valid boolean.': 'Doit être vrai ou faux.',
  'Must be a valid UUID.': 'Doit être un UUID valide.',
  '{input} is not a valid choice.': "{input} n'est pas un choix valide.",
  'Enter a valid email address.': 'Saisissez une adresse e-mail valide.',
  'Invalid data. Expected a dictionary.': 'Donnée non valide. Attendait un dictionnaire.',
  'Invalid data. Expected a dictionary, but got {type}.':
    'Donnée non valide. Attendait un dictionnaire, a reçu {type}.',
  'No data provided': 'Aucune donnée fournie',
  'A user with that email already exists.': 'Un utilisateur avec cette adresse e-mail existe déjà.',
  'You have no such session.': 'Vous n’avez pas de telle session.',
  'Your current password was entered incorrectly. Please enter it again.':
    'Votre mot de passe actuel est incorrect. Veuillez le saisir à nouveau.',
  'The new password must differ from the current one.':
    'Le nouveau mot de passe doit être différent de l’actuel.',
  'This password is too short. It must contain at least {count} characters.':
    'Ce mot de passe est trop court. Il doit contenir au minimum {count} caractères.',
  'This password is too common.': 'Ce mot de passe est trop courant.',
  'This is your email already.': 'C’est déjà votre adresse e-mail.',
  'Method "{method}" not allowed.': 'Méthode « {method} » non autorisée.',
  'Unsupported media type "{type}" in request.': 'Type de média « {type} » non supporté.',
  'JSON parse error - The body is not valid JSON': 'Erreur de JSON - Le contenu n’est pas du JSON valide',
  'Multipart form parse error - {reason}': 'Erreur dans le formulaire multipart - {reason}',
  'Request was throttled. Expected available in {count} second.':
    'Requête ralentie. Disponible dans {count} seconde.',
  'Request was throttled. Expected available in {count} seconds.':
    'Requête ralentie. Disponible dans {count} secondes.',
  'Given token not valid for any token type': "Le type de jeton fourni n'est pas valide",
  'Verification e-mail sent.': 'E-mail de vérification envoyé.',
}
