import { frAccount } from './fr-account.ts'
import { frForms } from './fr-forms.ts'
import { frMailedLinks } from './fr-mailed-links.ts'
import type { en } from './en.ts'

/** The texts of the pages in French. */
export const fr: typeof en = {
  ...frForms,
  ...frAccount,
  ...frMailedLinks,
  login: {
    title: 'Se connecter',
    lead: 'Heureux de vous revoir.',
    forgot: 'Mot de passe oublié ?',
    isNew: 'Nouveau ici ?',
    register: 'Créer un compte',
    wrong: 'Cette adresse et ce mot de passe ne vont pas ensemble.',
    plainHttp:
      'Cette page a été ouverte en http, où votre navigateur ne garde pas la connexion. Ouvrez-la avec https:// devant l’adresse.',
  },
  loginForm: { password: 'Mot de passe', submit: 'Se connecter', submitting: 'Connexion…' },
  loginNotices: {
    sessionEnded: 'Votre session est terminée. Veuillez vous reconnecter.',
    draftLost:
      'Votre session est terminée. Votre texte était trop long pour être gardé entre-temps et il est perdu. Veuillez vous reconnecter.',
    loggedOut: 'Vous êtes déconnecté.',
    loggedOutHere:
      'Vous êtes déconnecté dans ce navigateur. Notre service était injoignable : il affichera peut-être cet appareil quelques jours encore.',
    passwordReset: 'Votre mot de passe a changé.',
    emailVerified: 'Votre adresse e‑mail est confirmée.',
    notKept:
      'Votre navigateur n’a pas gardé la connexion. Autorisez les cookies pour cette page. Safari et les autres navigateurs WebKit ne les gardent que si l’adresse commence par https://.',
    unavailable: 'Votre compte est injoignable pour l’instant. Veuillez réessayer dans un moment.',
  },
  register: {
    title: 'Créer un compte',
    lead: 'Un compte pour toutes les applications Pockitflyer.',
    hasAccount: 'Vous en avez déjà un ?',
    login: 'Se connecter',
    closedTitle: 'Les inscriptions sont fermées',
    closed:
      'Aucun compte ne peut être créé ici pour l’instant. Si vous en avez un, vous pouvez vous connecter.',
    closedError: 'Aucun compte ne peut être créé ici pour l’instant.',
  },
  registerForm: {
    password: 'Mot de passe',
    name: 'Nom affiché (facultatif)',
    nameHint: 'Ce que les autres voient. Vous pouvez le changer à tout moment.',
    submit: 'Créer le compte',
    submitting: 'Création de votre compte…',
  },
}
