import type { enMailedLinks } from './en-mailed-links.ts'

/** The texts of the pages that mails lead to, and of those that ask for mails, in Spanish. */
export const esMailedLinks: typeof enMailedLinks = {
  forgotPassword: {
    title: '¿Ha olvidado la contraseña?',
    lead: 'Le enviamos un correo con el que podrá elegir otra.',
    send: 'Enviar el correo',
    sending: 'Enviando el correo…',
    remembered: '¿La ha recordado?',
    login: 'Iniciar sesión',
    offTitle: 'No se restablece por correo',
    off: 'Aquí no se pueden restablecer contraseñas por correo. Pregunte al equipo de este servicio.',
  },
  mailSent: {
    title: 'Mire su correo',
    sent: 'Hemos enviado un correo a {email}. Puede tardar un minuto.',
    sentAgain: 'Hemos enviado otra vez el correo a {email}. Puede tardar un minuto.',
    tooSoon: 'Era demasiado pronto. Un minuto después de un correo enviamos el siguiente.',
    next: 'Abra su enlace en este navegador, o escriba aquí el código del correo. Si no llega, mire también en el correo no deseado.',
    resend: 'Enviar otra vez el correo',
    resending: 'Enviando el correo…',
    wait: 'Podrá enviarlo otra vez en {seconds} s.',
    wrongEmail: '¿La dirección está mal?',
    correct: 'Corregirla',
  },
  mailCode: {
    label: 'Código del correo',
    hint: 'Seis cifras. Valen diez minutos.',
    continue: 'Continuar',
    checking: 'Comprobando…',
    needed: 'El correo se pidió en otro navegador. Escriba el código del correo.',
    wrong: 'Este código no es correcto. Vale diez minutos y cinco intentos; después, pida otro correo.',
    another: '¿No funciona?',
    sendNew: 'Enviar otro correo',
  },
  resetPassword: {
    title: 'Elegir otra contraseña',
    here: 'Aquí está de nuevo, con el enlace de nuestro correo. Continúe para elegir otra contraseña.',
    elsewhere: 'Para continuar en este navegador, escriba el código que está en el correo junto al enlace.',
    proven: 'Ha funcionado. Ahora elija otra contraseña.',
    newPassword: 'Contraseña nueva',
    everywhere: 'La sesión se cerrará en todos los dispositivos.',
    save: 'Cambiar la contraseña',
    saving: 'Cambiando su contraseña…',
  },
  verifyEmail: {
    title: 'Confirmar su dirección de correo',
    next: 'Abra su enlace para confirmar su dirección, o escriba aquí el código del correo. Si no llega, mire también en el correo no deseado.',
    here: 'Aquí está de nuevo, con el enlace de nuestro correo. Pulse el botón para confirmar su dirección.',
    elsewhere:
      'Alguien se ha registrado con esta dirección de correo. Vea quién fue, y después confirme la dirección o borre el registro.',
    showRegistrant: 'Ver quién se ha registrado',
    confirm: 'Confirmar esta dirección',
    confirmByCode: 'Confirmar con el código',
    confirming: 'Confirmando…',
    byHand: 'Escriba el código de nuestro correo, o abra su enlace.',
    overTitle: 'Este enlace no vale',
    over: 'Tiene más de un día o no está completo, o se confirmó otro registro con esta dirección. Inicie sesión, o regístrese otra vez.',
    done: '¿Ya está confirmada?',
    login: 'Iniciar sesión',
  },
  registrant: {
    title: '¿Se ha registrado usted?',
    name: 'Nombre',
    when: 'Cuándo',
    device: 'Dispositivo',
    deviceOn: '{browser} en {os}',
    address: 'Dirección',
    unknown: 'desconocido',
    notMine: 'Si fue otra persona, escriba el código del correo y borre lo que registró.',
    codeHint: 'Seis cifras, en el correo con el enlace. Así ningún robot que abre enlaces decide por usted.',
    reject: 'No he sido yo: borrar',
    wrong: 'Este código no es correcto. Use el de nuestro último correo.',
    rejected: {
      title: 'Está borrado',
      text: 'No hay ninguna cuenta de lo que se registró. Puede registrarse usted con su dirección.',
    },
  },
  linkOver: {
    missing: {
      title: 'Abra el enlace del correo',
      text: 'Esta página parte del enlace de nuestro correo. Ábralo una vez más, o envíe otro correo.',
    },
    invalid: {
      title: 'Este enlace no vale',
      text: 'Es demasiado antiguo o no está completo, o un cambio más reciente lo ha anulado. Con otro correo llega uno nuevo.',
    },
    used: {
      title: 'Este enlace ya se ha usado',
      text: 'Alguien ha elegido una contraseña nueva con él. Si no ha sido usted, envíe otro correo y elija otra.',
    },
  },
  changeEmail: {
    title: 'Usar esta dirección',
    here: 'Aquí está de nuevo, con el enlace de nuestro correo. Si continúa, su cuenta pasa a tener esta dirección.',
    elsewhere: 'Para continuar en este navegador, escriba el código que está en el correo junto al enlace.',
    confirm: 'Usar esta dirección',
    consent: {
      title: 'Aceptar la otra dirección',
      here: 'Aquí está de nuevo, con el enlace de nuestro correo. Si continúa, acepta que su cuenta tenga otra dirección de correo.',
      confirm: 'Aceptar la otra dirección',
    },
    askAgain: 'Pedir el cambio otra vez',
    toAccount: 'Ir a su cuenta',
    waitsForOld: {
      title: 'Falta una aprobación',
      text: 'Esta dirección está confirmada. Su cuenta la tendrá cuando acepte también con el correo que enviamos a su dirección anterior.',
    },
    waitsForNew: {
      title: 'Falta una aprobación',
      text: 'Ha aceptado. Su cuenta tendrá la dirección nueva cuando se confirme con el correo que le enviamos a ella.',
    },
    changed: {
      title: 'Su dirección de correo ha cambiado',
      text: 'Su cuenta tiene la dirección nueva a partir de ahora. Inicie sesión con ella.',
    },
    used: {
      title: 'Este enlace ya se ha usado',
      text: 'El cambio se confirmó con él. Cuando su cuenta tenga la dirección nueva, inicie sesión con ella.',
    },
    taken: {
      title: 'Esta dirección ya está en uso',
      text: 'Entretanto la tiene otra cuenta. La suya conserva la dirección que tenía.',
    },
    invalid: {
      title: 'Este enlace no vale',
      text: 'Es demasiado antiguo o no está completo, o el cambio se canceló o se sustituyó. Su cuenta conserva la dirección que tenía.',
    },
    missing: {
      title: 'Abra el enlace del correo',
      text: 'Esta página parte del enlace de nuestro correo. Ábralo una vez más, o pida el cambio otra vez.',
    },
  },
  undo: {
    title: 'Deshacer el cambio',
    what: 'Si usted no hizo el cambio del que habla nuestro correo, deshágalo aquí.',
    outcome:
      'Su cuenta recupera la dirección de correo que tenía antes, la sesión se cierra en todos los dispositivos y enviamos un correo con el que usted elige otra contraseña.',
    codeHint: 'Seis cifras, en el correo con el enlace.',
    codeNeeded:
      'Escriba el código del correo: así ningún robot que abre enlaces deshace los cambios de usted.',
    wrong:
      'El enlace y este código no van juntos, o es demasiado tarde: un cambio se puede deshacer durante una semana.',
    button: 'Deshacer el cambio',
    other: '¿Fue usted, pero ha olvidado la contraseña?',
    resetInstead: 'Elegir otra contraseña',
    undone: {
      title: 'El cambio está deshecho',
      text: 'La sesión está cerrada en todos los dispositivos. Hemos enviado un correo a la dirección que su cuenta vuelve a tener: elija con él otra contraseña.',
    },
    used: {
      title: 'Este enlace ya se ha usado',
      text: 'El cambio se deshizo con él. Si no puede iniciar sesión, elija otra contraseña.',
    },
    missing: {
      title: 'Abra el enlace del correo',
      text: 'Esta página parte del enlace de nuestro correo. Ábralo una vez más, o elija otra contraseña.',
    },
  },
}
