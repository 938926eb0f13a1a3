import { esAccount } from './es-account.ts'
import { esForms } from './es-forms.ts'
import { esMailedLinks } from './es-mailed-links.ts'
import type { en } from './en.ts'

/** The texts of the pages in Spanish. */
export const es: typeof en = {
  ...esForms,
  ...esAccount,
  ...esMailedLinks,
  login: {
    title: 'Iniciar sesión',
    lead: 'Nos alegra verle de nuevo.',
    forgot: '¿Ha olvidado la contraseña?',
    isNew: '¿Es su primera vez?',
    register: 'Crear una cuenta',
    wrong: 'Esa dirección y esa contraseña no van juntas.',
    plainHttp:
      'Esta página se abrió por http, donde su navegador no conserva la sesión. Ábrala con https:// delante de la dirección.',
  },
  loginForm: { password: 'Contraseña', submit: 'Iniciar sesión', submitting: 'Iniciando sesión…' },
  loginNotices: {
    sessionEnded: 'Su sesión ha terminado. Inicie sesión otra vez.',
    draftLost:
      'Su sesión ha terminado. Su texto era demasiado largo para guardarlo mientras tanto y se ha perdido. Inicie sesión otra vez.',
    loggedOut: 'Su sesión está cerrada.',
    loggedOutHere:
      'Su sesión está cerrada en este navegador. No hemos podido conectar con nuestro servicio: puede que muestre este dispositivo durante unos días.',
    passwordReset: 'Su contraseña ha cambiado.',
    emailVerified: 'Su dirección de correo está confirmada.',
    notKept:
      'Su navegador no ha conservado la sesión. Permita las cookies en esta página. Safari y otros navegadores con WebKit solo las conservan si la dirección empieza por https://.',
    unavailable: 'Ahora mismo no podemos acceder a su cuenta. Inténtelo otra vez dentro de un momento.',
  },
  register: {
    title: 'Crear una cuenta',
    lead: 'Una cuenta para todas las aplicaciones de Pockitflyer.',
    hasAccount: '¿Ya tiene una?',
    login: 'Iniciar sesión',
    closedTitle: 'El registro está cerrado',
    closed: 'De momento no se pueden crear cuentas aquí. Si ya tiene una, puede iniciar sesión.',
    closedError: 'De momento no se pueden crear cuentas aquí.',
  },
  registerForm: {
    password: 'Contraseña',
    name: 'Nombre visible (opcional)',
    nameHint: 'Lo que ven los demás. Puede cambiarlo en cualquier momento.',
    submit: 'Crear la cuenta',
    submitting: 'Creando su cuenta…',
  },
}
