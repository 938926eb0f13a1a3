import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in French. */
export const fr: LetterTexts = {
  hello: 'Bonjour,',
  helloName: 'Bonjour {name},',
  codeSubject: '{code} est votre code pour {brand}',
  cause: {
    when: 'Date',
    device: 'Appareil',
    deviceOn: '{browser} sur {os}',
    address: 'Adresse',
    unknown: 'inconnu',
  },
  code: {
    ask: 'La page demande un code ? Saisissez celui-ci :',
    works: 'Le code est valable {minutes} minutes, le lien jusqu’au {until}. Ne les transmettez à personne.',
  },
  undo: {
    ask: 'Si vous êtes au courant, ne faites rien. Sinon, annulez maintenant : tous les appareils sont déconnectés, et vous choisissez un autre mot de passe.',
    label: 'Ce n’était pas moi : annuler',
    code: 'La page demande ce code :',
    works: 'Le lien et le code sont valables jusqu’au {until}. Ne les transmettez à personne.',
  },
  passwordReset: {
    text: 'Quelqu’un a demandé à réinitialiser le mot de passe de votre compte {brand}. Si c’était vous, ouvrez cette page :',
    label: 'Choisir un autre mot de passe',
    end: 'Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même. La personne qui l’a demandé ne peut pas lire cet e-mail.',
  },
  verifyEmail: {
    text: 'Quelqu’un s’est inscrit sur {brand} avec cette adresse e-mail. Si c’était vous, ouvrez cette page pour confirmer l’adresse :',
    label: 'Confirmer cette adresse',
    end: 'Si ce n’était pas vous, ne confirmez pas : le compte aurait un mot de passe choisi par une autre personne.',
  },
  accountRecovered: {
    subject: 'Choisissez un autre mot de passe pour {brand}',
    text: 'Une modification de votre compte {brand} a été annulée avec un e-mail qui vous a été envoyé. Le compte a cette adresse e-mail, tous les appareils sont déconnectés, et aucun mot de passe ne fonctionne tant que vous n’en avez pas choisi un :',
    label: 'Choisir un mot de passe',
    end: 'Quand le lien n’est plus valable, demandez un nouvel e-mail sur la page de connexion.',
  },
  alreadyRegistered: {
    subject: 'Vous avez déjà un compte {brand}',
    text: 'Quelqu’un a essayé de s’inscrire sur {brand} avec cette adresse e-mail, qui a déjà un compte. Si c’était vous, connectez-vous. La même page vous aide si vous avez oublié le mot de passe.',
    label: 'Se connecter',
    end: 'Si ce n’était pas vous, ne faites rien : votre compte reste tel quel.',
  },
  emailChange: {
    text: 'Quelqu’un a demandé à utiliser cette adresse e-mail pour son compte {brand}. Si c’était vous, ouvrez cette page :',
    label: 'Utiliser cette adresse',
    end: 'Si ce n’était pas vous, ne faites rien : le compte garde l’adresse qu’il a.',
  },
  emailChangeTaken: {
    subject: 'Quelqu’un veut utiliser votre adresse e-mail sur {brand}',
    text: 'Quelqu’un veut associer son compte {brand} à {email}. Un compte a cette adresse, ou l’avait il y a quelques jours : rien ne change donc.',
    end: 'Si c’était vous, connectez-vous avec cette adresse ou choisissez-en une autre. Sinon, ne faites rien.',
  },
  emailChangeConsent: {
    subject: 'Votre compte {brand} doit-il changer d’adresse e-mail ?',
    text: 'Quelqu’un qui connaît votre mot de passe a demandé une autre adresse e-mail pour votre compte {brand}. Elle ne change que si vous acceptez ici et que la nouvelle adresse est elle aussi confirmée.',
    agree: 'Si c’était vous, acceptez jusqu’au {until} :',
    label: 'Accepter l’autre adresse',
    cancel:
      'Si ce n’était pas vous, n’acceptez pas. Annulez la modification ici, avec le même code : tous les appareils sont déconnectés, et vous choisissez un autre mot de passe.',
    cancelLabel: 'Ce n’était pas moi : annuler',
    works:
      'Ce lien est valable jusqu’au {until}, même après la modification. Ne transmettez les liens et le code à personne.',
  },
  emailKept: {
    subject: 'Vous pourrez vous inscrire sur {brand} plus tard',
    text: 'Quelqu’un s’est inscrit sur {brand} avec cette adresse e-mail. Un compte l’avait jusqu’à récemment et peut encore la reprendre pendant quelques jours : rien n’a donc été enregistré. Si c’était vous, inscrivez-vous de nouveau après le {until}, ou utilisez une autre adresse.',
    end: 'Si ce n’était pas vous, ne faites rien.',
  },
  noAccount: {
    subject: 'Aucun compte {brand} n’a cette adresse e-mail',
    text: 'Quelqu’un a demandé à réinitialiser un mot de passe sur {brand} avec {email}, mais aucun compte n’a cette adresse. Si c’était vous, essayez vos autres adresses, ou inscrivez-vous.',
    end: 'Si ce n’était pas vous, ne faites rien.',
  },
  notices: {
    password_changed: {
      subject: 'Votre mot de passe {brand} a changé',
      text: 'Le mot de passe de votre compte {brand} a été modifié. Tous les autres appareils sont déconnectés.',
    },
    password_was_reset: {
      subject: 'Votre mot de passe {brand} a été réinitialisé',
      text: 'Le mot de passe de votre compte {brand} a été réinitialisé avec un e-mail envoyé à cette adresse. Tous les appareils sont déconnectés.',
    },
    password_set_by_operator: {
      subject: '{brand} a défini votre mot de passe',
      text: 'L’équipe de {brand} a défini un autre mot de passe pour votre compte. Tous les appareils sont déconnectés.',
    },
    sessions_revoked_by_operator: {
      subject: '{brand} vous a déconnecté',
      text: 'L’équipe de {brand} a déconnecté des appareils de votre compte.',
    },
    email_change_requested: {
      subject: 'Votre compte {brand} va changer d’adresse e-mail',
      text: 'Quelqu’un qui connaît votre mot de passe a demandé une autre adresse e-mail pour votre compte {brand}. Elle change dès que la nouvelle adresse est confirmée.',
    },
    email_changed: {
      subject: 'Votre compte {brand} a une autre adresse e-mail',
      text: 'Votre compte {brand} n’a plus cette adresse e-mail. Les e-mails concernant le compte sont désormais envoyés à une autre.',
    },
    email_is_new: {
      subject: 'Voici l’adresse e-mail de votre compte {brand}',
      text: 'Votre compte {brand} a désormais cette adresse e-mail. Connectez-vous avec elle.',
    },
    email_change_undone: {
      subject: 'Une modification de votre compte {brand} a été annulée',
      text: 'Le compte {brand} qui avait cette adresse e-mail a de nouveau la précédente. L’annulation s’est faite avec un e-mail envoyé à celle-là, et tous les appareils sont déconnectés.',
    },
    email_set_by_operator: {
      subject: '{brand} a donné une autre adresse e-mail à votre compte',
      text: 'L’équipe de {brand} a donné une autre adresse au compte qui avait cette adresse e-mail. Tous les appareils sont déconnectés, et les e-mails concernant le compte sont envoyés à l’autre adresse.',
    },
    new_device: {
      subject: 'Un nouvel appareil s’est connecté à votre compte {brand}',
      text: 'Quelqu’un s’est connecté à votre compte {brand} avec son mot de passe, depuis un appareil ou un réseau jamais utilisé auparavant.',
    },
    new_device_mails_off: {
      subject: '{brand} ne vous signale plus les nouveaux appareils',
      text: 'Les e-mails sur les nouveaux appareils ont été désactivés pour votre compte {brand}. Vous pouvez les réactiver sur la page de ses appareils.',
    },
    session_reused: {
      subject: 'Un autre appareil a utilisé une connexion de votre compte {brand}',
      text: 'Un appareil a présenté un jeton de votre compte {brand} qui avait déjà été remplacé. Une autre personne l’a peut-être copié.',
    },
  },
  notice: {
    choose:
      'Si vous êtes au courant, ne faites rien. Sinon, choisissez maintenant un autre mot de passe : tous les appareils seront déconnectés.',
    label: 'Choisir un autre mot de passe',
    write: 'Si vous êtes au courant, ne faites rien. Sinon, écrivez à l’équipe de {brand}.',
  },
  test: {
    subject: 'Un e-mail de test de {brand}',
    text: 'Les e-mails de {brand} arrivent ici. L’équipe a envoyé celui-ci pour le vérifier.',
  },
}
