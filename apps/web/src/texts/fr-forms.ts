import type { enForms } from './en-forms.ts'
import { plural } from './plural.ts'

/** The texts of every form and of the frame of the pages, in French. */
export const frForms: typeof enForms = {
  forms: {
    offline: 'Vous semblez être hors ligne. Rien n’a été envoyé.',
    unsure:
      'La connexion a été coupée avant notre réponse. C’est peut-être enregistré : rechargez la page pour le voir.',
    reload: 'Recharger la page',
    failed: 'Une erreur s’est produite de notre côté. Veuillez réessayer.',
    tooLarge: 'Ce texte est trop long pour nous. Veuillez le raccourcir.',
    restored: 'Voici ce que vous avez écrit. Ce n’est pas encore enregistré.',
    outdated:
      'Cette page a été renouvelée pendant que vous l’aviez ouverte. Rien n’a été envoyé : veuillez envoyer de nouveau.',
    noAt: 'Une adresse e‑mail contient un @, comme nom@example.com.',
    wait: 'Vous pourrez réessayer dans {time}.',
    waitOver: 'Vous pouvez réessayer maintenant.',
    email: 'Adresse e‑mail',
    showField: 'Afficher : {label}',
    errorTitle: 'Une erreur s’est produite',
    error: 'L’erreur vient de nous, pas de vous. Veuillez réessayer.',
    retry: 'Réessayer',
    home: 'Retour à votre compte',
  },
  newPassword: {
    rule: plural({
      one: 'Au moins {count} caractère. Plus long, c’est mieux.',
      other: 'Au moins {count} caractères. Plus long, c’est mieux.',
    }),
    noRule: 'Plus long, c’est mieux.',
  },
  fieldErrors: {
    blank: {
      email: 'Saisissez votre adresse e‑mail.',
      new_email: 'Saisissez votre nouvelle adresse e‑mail.',
      password: 'Saisissez votre mot de passe.',
      current_password: 'Saisissez votre mot de passe actuel.',
      new_password: 'Saisissez un nouveau mot de passe.',
      display_name: 'Saisissez un nom.',
      code: 'Saisissez les six chiffres de l’e‑mail.',
      title: 'Saisissez un titre.',
    },
    missing: 'Remplissez ce champ.',
    noEmail: 'Ce n’est pas une adresse e‑mail complète. Elle ressemble à nom@example.com.',
    tooLong: plural({
      one: '{count} caractère au plus.',
      other: '{count} caractères au plus.',
    }),
    tooLongPassword: plural({
      other: 'Ce mot de passe est trop long : {count} octets au plus, soit autant de lettres simples.',
    }),
    tooShort: plural({
      one: 'Ce mot de passe est trop court. Utilisez au moins {count} caractère.',
      other: 'Ce mot de passe est trop court. Utilisez au moins {count} caractères.',
    }),
    tooCommon: 'Beaucoup utilisent ce mot de passe, il est donc facile à deviner. Choisissez-en un autre.',
    samePassword: 'C’est votre mot de passe actuel. Choisissez-en un autre.',
    wrongPassword: 'Ce n’est pas votre mot de passe actuel.',
    strangeCharacter: 'Un de ses caractères ne peut pas être enregistré. Saisissez le texte de nouveau.',
  },
  failures: {
    unreachable: 'Notre service est injoignable pour l’instant. Veuillez réessayer dans un moment.',
    throttled: 'Trop d’essais. Veuillez attendre {time}.',
    overloaded: 'Il y a beaucoup de monde ici. Veuillez réessayer dans un moment.',
    tooLarge: 'Ce texte est trop long pour nous. Veuillez le raccourcir.',
    readOnly:
      'Les comptes ne peuvent pas être modifiés pour l’instant, car nous les transférons vers un autre système. Vous pouvez utiliser le vôtre comme toujours. Veuillez réessayer la modification plus tard.',
    ours: 'Une erreur s’est produite de notre côté. Veuillez réessayer. Notre numéro pour elle : {number}',
  },
  frame: {
    help: 'Aide',
    terms: 'Conditions',
    privacy: 'Confidentialité',
    language: 'Langue',
  },
  notFound: {
    title: 'Page introuvable',
    heading: 'Cette annonce n’est plus là',
    text: 'Rien n’est affiché à cette adresse. Quelqu’un l’a peut-être retirée, ou l’adresse contient une faute de frappe.',
    home: 'Retour à votre compte',
  },
  faults: {
    tooLarge: 'C’est plus que ce que cette page accepte. Revenez en arrière et raccourcissez.',
    malformed: 'Cette requête est illisible.',
    noMethod: 'Cette page ne connaît pas cette méthode.',
    foreign: 'Ceci vient d’un autre site, rien n’a donc été fait. Ouvrez la page elle-même et réessayez.',
    failed: 'Une erreur s’est produite de notre côté.',
  },
}
