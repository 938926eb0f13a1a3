import type { enForms } from './en-forms.ts'
import { plural } from './plural.ts'

/** The texts of every form and of the frame of the pages, in Spanish. */
export const esForms: typeof enForms = {
  forms: {
    offline: 'Parece que no tiene conexión. No se ha enviado nada.',
    unsure:
      'La conexión se cortó antes de que llegara nuestra respuesta. Puede que se haya guardado: vuelva a cargar la página para verlo.',
    reload: 'Volver a cargar la página',
    failed: 'Algo ha fallado por nuestra parte. Inténtelo otra vez.',
    tooLarge: 'Es más texto del que podemos aceptar. Acórtelo, por favor.',
    restored: 'Aquí está lo que escribió. Todavía no se ha guardado.',
    outdated:
      'Esta página se renovó mientras la tenía abierta. No se ha enviado nada: envíelo otra vez, por favor.',
    noAt: 'Una dirección de correo lleva una @, como nombre@example.com.',
    wait: 'Podrá intentarlo otra vez en {time}.',
    waitOver: 'Ya puede intentarlo otra vez.',
    email: 'Dirección de correo',
    showField: 'Mostrar: {label}',
    errorTitle: 'Algo ha fallado',
    error: 'El error es nuestro, no suyo. Inténtelo otra vez.',
    retry: 'Intentarlo otra vez',
    home: 'Volver a su cuenta',
  },
  newPassword: {
    rule: plural({
      one: 'Al menos {count} carácter. Cuanto más larga, mejor.',
      other: 'Al menos {count} caracteres. Cuanto más larga, mejor.',
    }),
    noRule: 'Cuanto más larga, mejor.',
  },
  fieldErrors: {
    blank: {
      email: 'Escriba su dirección de correo.',
      new_email: 'Escriba su nueva dirección de correo.',
      password: 'Escriba su contraseña.',
      current_password: 'Escriba su contraseña actual.',
      new_password: 'Escriba una contraseña nueva.',
      display_name: 'Escriba un nombre.',
      code: 'Escriba las seis cifras del correo.',
      title: 'Escriba un título.',
    },
    missing: 'Rellene este campo.',
    noEmail: 'No es una dirección de correo completa. Tiene la forma nombre@example.com.',
    tooLong: plural({
      one: 'Aquí cabe {count} carácter como máximo.',
      other: 'Aquí caben {count} caracteres como máximo.',
    }),
    tooLongPassword: plural({
      other:
        'Esta contraseña es demasiado larga: {count} bytes como máximo, que son otras tantas letras simples.',
    }),
    tooShort: plural({
      one: 'Esta contraseña es demasiado corta. Use al menos {count} carácter.',
      other: 'Esta contraseña es demasiado corta. Use al menos {count} caracteres.',
    }),
    tooCommon: 'Mucha gente usa esta contraseña, así que es fácil de adivinar. Elija otra.',
    samePassword: 'Es su contraseña actual. Elija otra.',
    wrongPassword: 'No es su contraseña actual.',
    strangeCharacter: 'Contiene un carácter que no se puede guardar. Escriba el texto de nuevo.',
  },
  failures: {
    unreachable:
      'Ahora mismo no podemos conectar con nuestro servicio. Inténtelo otra vez dentro de un momento.',
    throttled: 'Han sido demasiados intentos. Espere {time}.',
    overloaded: 'Hay mucha gente ahora mismo. Inténtelo otra vez dentro de un momento.',
    tooLarge: 'Es más texto del que podemos aceptar. Acórtelo, por favor.',
    readOnly:
      'De momento no se pueden cambiar las cuentas porque las estamos pasando a otro sistema. Puede usar la suya como siempre. Intente el cambio más adelante.',
    ours: 'Algo ha fallado por nuestra parte. Inténtelo otra vez. Nuestro número para este error: {number}',
  },
  frame: {
    help: 'Ayuda',
    terms: 'Condiciones',
    privacy: 'Privacidad',
    language: 'Idioma',
  },
  notFound: {
    title: 'Página no encontrada',
    heading: 'Este anuncio ya no está',
    text: 'No hay nada en esta dirección. Quizá alguien lo quitó, o la dirección tiene una errata.',
    home: 'Volver a su cuenta',
  },
  faults: {
    tooLarge: 'Es más de lo que acepta esta página. Vuelva atrás y acórtelo.',
    malformed: 'Esta petición no se puede leer.',
    noMethod: 'Esta página no conoce este método.',
    foreign:
      'Esto venía de otro sitio web, así que no se ha hecho nada. Abra la página e inténtelo otra vez.',
    failed: 'Algo ha fallado por nuestra parte.',
  },
}
