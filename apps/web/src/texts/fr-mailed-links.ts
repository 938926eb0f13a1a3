import type { enMailedLinks } from './en-mailed-links.ts'

/** The texts of the pages that mails lead to, and of those that ask for mails, in French. */
export const frMailedLinks: typeof enMailedLinks = {
  forgotPassword: {
    title: 'Mot de passe oublié ?',
    lead: 'Nous vous envoyons un e‑mail avec lequel vous pourrez en choisir un autre.',
    send: 'Envoyer l’e‑mail',
    sending: 'Envoi de l’e‑mail…',
    remembered: 'Il vous est revenu ?',
    login: 'Se connecter',
    offTitle: 'Pas de réinitialisation par e‑mail',
    off: 'Les mots de passe ne peuvent pas être réinitialisés par e‑mail ici. Veuillez vous adresser à l’équipe de ce service.',
  },
  mailSent: {
    title: 'Consultez votre messagerie',
    sent: 'Nous avons envoyé un e‑mail à {email}. Il peut mettre une minute à arriver.',
    sentAgain: 'Nous avons renvoyé l’e‑mail à {email}. Il peut mettre une minute à arriver.',
    tooSoon: 'C’était trop tôt. Nous envoyons l’e‑mail suivant une minute après le précédent.',
    next: 'Ouvrez son lien dans ce navigateur, ou saisissez ici le code de l’e‑mail. S’il n’arrive pas, regardez aussi dans les indésirables.',
    resend: 'Renvoyer l’e‑mail',
    resending: 'Envoi de l’e‑mail…',
    wait: 'Vous pourrez le renvoyer dans {seconds} s.',
    wrongEmail: 'L’adresse est fausse ?',
    correct: 'La corriger',
  },
  mailCode: {
    label: 'Code de l’e‑mail',
    hint: 'Six chiffres, valables dix minutes.',
    continue: 'Continuer',
    checking: 'Vérification…',
    needed: 'L’e‑mail a été demandé dans un autre navigateur. Saisissez le code de l’e‑mail.',
    wrong:
      'Ce code ne convient pas. Il est valable dix minutes et cinq essais ; demandez ensuite un nouvel e‑mail.',
    another: 'Cela ne fonctionne pas ?',
    sendNew: 'Envoyer un nouvel e‑mail',
  },
  resetPassword: {
    title: 'Choisir un autre mot de passe',
    here: 'Vous revoilà avec le lien de notre e‑mail. Continuez pour choisir un autre mot de passe.',
    elsewhere:
      'Pour continuer dans ce navigateur, saisissez le code qui se trouve dans l’e‑mail avec le lien.',
    proven: 'C’est bon. Choisissez maintenant un autre mot de passe.',
    newPassword: 'Nouveau mot de passe',
    everywhere: 'Tous les appareils seront déconnectés.',
    save: 'Changer le mot de passe',
    saving: 'Modification en cours…',
  },
  verifyEmail: {
    title: 'Confirmer votre adresse e‑mail',
    next: 'Ouvrez son lien pour confirmer votre adresse, ou saisissez ici le code de l’e‑mail. S’il n’arrive pas, regardez aussi dans les indésirables.',
    here: 'Vous revoilà avec le lien de notre e‑mail. Appuyez sur le bouton pour confirmer votre adresse.',
    elsewhere:
      'Quelqu’un s’est inscrit avec cette adresse e‑mail. Voyez qui c’était, puis confirmez l’adresse ou supprimez l’inscription.',
    showRegistrant: 'Voir qui s’est inscrit',
    confirm: 'Confirmer cette adresse',
    confirmByCode: 'Confirmer avec le code',
    confirming: 'Confirmation…',
    byHand: 'Saisissez le code de notre e‑mail, ou ouvrez son lien.',
    overTitle: 'Ce lien n’est pas valable',
    over: 'Il date de plus d’un jour ou est incomplet, ou une autre inscription avec cette adresse a été confirmée. Connectez-vous, ou inscrivez-vous de nouveau.',
    done: 'Déjà confirmée ?',
    login: 'Se connecter',
  },
  registrant: {
    title: 'Vous êtes-vous inscrit ?',
    name: 'Nom',
    when: 'Date',
    device: 'Appareil',
    deviceOn: '{browser} sur {os}',
    address: 'Adresse',
    unknown: 'inconnu',
    notMine:
      'Si c’était une autre personne, saisissez le code de l’e‑mail et supprimez ce qu’elle a inscrit.',
    codeHint:
      'Six chiffres, dans l’e‑mail avec le lien. Ainsi, aucun robot qui ouvre des liens ne décide pour vous.',
    reject: 'Ce n’était pas moi : supprimer',
    wrong: 'Ce code ne convient pas. Prenez celui de notre dernier e‑mail.',
    rejected: {
      title: 'C’est supprimé',
      text: 'Cette inscription n’a pas créé de compte. Vous pouvez vous inscrire vous-même avec votre adresse.',
    },
  },
  linkOver: {
    missing: {
      title: 'Ouvrez le lien de l’e‑mail',
      text: 'Cette page part du lien de notre e‑mail. Ouvrez-le encore une fois, ou envoyez un nouvel e‑mail.',
    },
    invalid: {
      title: 'Ce lien n’est pas valable',
      text: 'Il est trop ancien ou incomplet, ou une modification plus récente y a mis fin. Un nouvel e‑mail en apporte un nouveau.',
    },
    used: {
      title: 'Ce lien a déjà servi',
      text: 'Quelqu’un a choisi un nouveau mot de passe avec lui. Si ce n’était pas vous, envoyez un nouvel e‑mail et choisissez-en un autre.',
    },
  },
  changeEmail: {
    title: 'Utiliser cette adresse',
    here: 'Vous revoilà avec le lien de notre e‑mail. Si vous continuez, votre compte prend cette adresse.',
    elsewhere:
      'Pour continuer dans ce navigateur, saisissez le code qui se trouve dans l’e‑mail avec le lien.',
    confirm: 'Utiliser cette adresse',
    consent: {
      title: 'Accepter l’autre adresse',
      here: 'Vous revoilà avec le lien de notre e‑mail. Si vous continuez, vous acceptez que votre compte prenne une autre adresse e‑mail.',
      confirm: 'Accepter l’autre adresse',
    },
    askAgain: 'Redemander la modification',
    toAccount: 'Aller à votre compte',
    waitsForOld: {
      title: 'Encore un accord',
      text: 'Cette adresse est confirmée. Votre compte la prendra dès que vous aurez aussi accepté avec l’e‑mail envoyé à votre ancienne adresse.',
    },
    waitsForNew: {
      title: 'Encore un accord',
      text: 'Vous avez accepté. Votre compte prendra la nouvelle adresse dès qu’elle sera confirmée avec l’e‑mail que nous y avons envoyé.',
    },
    changed: {
      title: 'Votre adresse e‑mail a changé',
      text: 'Votre compte a désormais la nouvelle adresse. Connectez-vous avec elle.',
    },
    used: {
      title: 'Ce lien a déjà servi',
      text: 'La modification a été confirmée avec lui. Dès que votre compte a la nouvelle adresse, connectez-vous avec elle.',
    },
    taken: {
      title: 'Cette adresse est prise',
      text: 'Un autre compte l’a entre-temps. Votre compte garde l’adresse qu’il avait.',
    },
    invalid: {
      title: 'Ce lien n’est pas valable',
      text: 'Il est trop ancien ou incomplet, ou la modification a été annulée ou remplacée. Votre compte garde l’adresse qu’il avait.',
    },
    missing: {
      title: 'Ouvrez le lien de l’e‑mail',
      text: 'Cette page part du lien de notre e‑mail. Ouvrez-le encore une fois, ou redemandez la modification.',
    },
  },
  undo: {
    title: 'Annuler la modification',
    what: 'Si la modification dont parle notre e‑mail ne vient pas de vous, annulez-la ici.',
    outcome:
      'Votre compte reprend l’adresse e‑mail qu’il avait avant, tous les appareils sont déconnectés, et nous envoyons un e‑mail avec lequel vous choisissez un autre mot de passe.',
    codeHint: 'Six chiffres, dans l’e‑mail avec le lien.',
    codeNeeded:
      'Saisissez le code de l’e‑mail : ainsi, aucun robot qui ouvre des liens n’annule vos propres modifications.',
    wrong:
      'Le lien et le code ne vont pas ensemble, ou il est trop tard : une modification peut être annulée pendant une semaine.',
    button: 'Annuler la modification',
    other: 'C’était vous, mais vous avez oublié le mot de passe ?',
    resetInstead: 'Choisir un autre mot de passe',
    undone: {
      title: 'La modification est annulée',
      text: 'Tous les appareils sont déconnectés. Nous avons envoyé un e‑mail à l’adresse que votre compte a de nouveau : choisissez avec lui un autre mot de passe.',
    },
    used: {
      title: 'Ce lien a déjà servi',
      text: 'La modification a été annulée avec lui. Si vous ne pouvez pas vous connecter, choisissez un autre mot de passe.',
    },
    missing: {
      title: 'Ouvrez le lien de l’e‑mail',
      text: 'Cette page part du lien de notre e‑mail. Ouvrez-le encore une fois, ou choisissez un autre mot de passe.',
    },
  },
}
