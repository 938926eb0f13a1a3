import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in Spanish. */
export const es: LetterTexts = {
  hello: 'Hola:',
  helloName: 'Hola, {name}:',
  codeSubject: '{code} es su código para {brand}',
  cause: {
    when: 'Cuándo',
    device: 'Dispositivo',
    deviceOn: '{browser} en {os}',
    address: 'Dirección',
    unknown: 'desconocido',
  },
  code: {
    ask: '¿La página pide un código? Escriba este:',
    works: 'El código vale {minutes} minutos y el enlace hasta el {until}. No se los dé a nadie.',
  },
  undo: {
    ask: 'Si ya lo sabía, no haga nada. Si no, deshágalo ahora: se cierra la sesión en todos los dispositivos y usted elige otra contraseña.',
    label: 'No he sido yo: deshacer',
    code: 'La página pide este código:',
    works: 'El enlace y el código valen hasta el {until}. No se los dé a nadie.',
  },
  passwordReset: {
    text: 'Alguien ha pedido restablecer la contraseña de su cuenta de {brand}. Si ha sido usted, abra esta página:',
    label: 'Elegir otra contraseña',
    end: 'Si no ha sido usted, no haga nada: su contraseña sigue igual. Quien lo ha pedido no puede leer este correo.',
  },
  verifyEmail: {
    text: 'Alguien se ha registrado en {brand} con esta dirección de correo. Si ha sido usted, abra esta página para confirmar la dirección:',
    label: 'Confirmar esta dirección',
    end: 'Si no ha sido usted, no confirme: la cuenta tendría una contraseña elegida por otra persona.',
  },
  accountRecovered: {
    subject: 'Elija otra contraseña para {brand}',
    text: 'Se ha deshecho un cambio de su cuenta de {brand} con un correo enviado a usted. La cuenta tiene esta dirección, la sesión está cerrada en todos los dispositivos y ninguna contraseña vale hasta que elija una:',
    label: 'Elegir una contraseña',
    end: 'Cuando el enlace ya no valga, pida otro correo en la página de inicio de sesión.',
  },
  alreadyRegistered: {
    subject: 'Ya tiene una cuenta de {brand}',
    text: 'Alguien ha intentado registrarse en {brand} con esta dirección de correo, que ya tiene una cuenta. Si ha sido usted, inicie sesión. La misma página le ayuda si ha olvidado la contraseña.',
    label: 'Iniciar sesión',
    end: 'Si no ha sido usted, no haga nada: su cuenta sigue igual.',
  },
  emailChange: {
    text: 'Alguien ha pedido usar esta dirección de correo para su cuenta de {brand}. Si ha sido usted, abra esta página:',
    label: 'Usar esta dirección',
    end: 'Si no ha sido usted, no haga nada: la cuenta conserva la dirección que tiene.',
  },
  emailChangeTaken: {
    subject: 'Alguien quiere usar su dirección de correo en {brand}',
    text: 'Alguien quiere pasar su cuenta de {brand} a {email}. Hay una cuenta con esta dirección, o la había hace unos días, así que nada cambia.',
    end: 'Si ha sido usted, inicie sesión con esta dirección o elija otra. Si no, no haga nada.',
  },
  emailChangeConsent: {
    subject: '¿Debe su cuenta de {brand} tener otra dirección de correo?',
    text: 'Alguien que conoce su contraseña ha pedido otra dirección de correo para su cuenta de {brand}. Solo cambia si usted acepta aquí y la dirección nueva también se confirma.',
    agree: 'Si ha sido usted, acepte hasta el {until}:',
    label: 'Aceptar la otra dirección',
    cancel:
      'Si no ha sido usted, no acepte. Cancele el cambio aquí, con el mismo código: se cierra la sesión en todos los dispositivos y usted elige otra contraseña.',
    cancelLabel: 'No he sido yo: cancelar',
    works:
      'Ese enlace vale hasta el {until}, también después del cambio. No le dé a nadie los enlaces ni el código.',
  },
  emailKept: {
    subject: 'Podrá registrarse en {brand} más adelante',
    text: 'Alguien se ha registrado en {brand} con esta dirección de correo. Una cuenta la tenía hasta hace poco y puede recuperarla durante unos días, así que no se ha registrado nada. Si ha sido usted, regístrese otra vez después del {until}, o use otra dirección.',
    end: 'Si no ha sido usted, no haga nada.',
  },
  noAccount: {
    subject: 'Ninguna cuenta de {brand} tiene esta dirección de correo',
    text: 'Alguien ha pedido restablecer una contraseña en {brand} con {email}, pero no hay ninguna cuenta con esta dirección. Si ha sido usted, pruebe con sus otras direcciones, o regístrese.',
    end: 'Si no ha sido usted, no haga nada.',
  },
  notices: {
    password_changed: {
      subject: 'Su contraseña de {brand} ha cambiado',
      text: 'Se ha cambiado la contraseña de su cuenta de {brand}. La sesión está cerrada en todos los demás dispositivos.',
    },
    password_was_reset: {
      subject: 'Su contraseña de {brand} se ha restablecido',
      text: 'La contraseña de su cuenta de {brand} se ha restablecido con un correo enviado a esta dirección. La sesión está cerrada en todos los dispositivos.',
    },
    password_set_by_operator: {
      subject: '{brand} ha fijado su contraseña',
      text: 'El equipo de {brand} ha fijado otra contraseña para su cuenta. La sesión está cerrada en todos los dispositivos.',
    },
    sessions_revoked_by_operator: {
      subject: '{brand} ha cerrado su sesión',
      text: 'El equipo de {brand} ha cerrado la sesión en dispositivos de su cuenta.',
    },
    email_change_requested: {
      subject: 'Su cuenta de {brand} va a tener otra dirección de correo',
      text: 'Alguien que conoce su contraseña ha pedido otra dirección de correo para su cuenta de {brand}. Cambia en cuanto se confirme la dirección nueva.',
    },
    email_changed: {
      subject: 'Su cuenta de {brand} tiene otra dirección de correo',
      text: 'Su cuenta de {brand} ya no tiene esta dirección de correo. Los correos sobre la cuenta van a otra a partir de ahora.',
    },
    email_is_new: {
      subject: 'Esta es la dirección de correo de su cuenta de {brand}',
      text: 'Su cuenta de {brand} tiene esta dirección de correo a partir de ahora. Inicie sesión con ella.',
    },
    email_change_undone: {
      subject: 'Se ha deshecho un cambio de su cuenta de {brand}',
      text: 'La cuenta de {brand} que tenía esta dirección de correo vuelve a tener la anterior. Se ha deshecho con un correo enviado a aquella, y la sesión está cerrada en todos los dispositivos.',
    },
    email_set_by_operator: {
      subject: '{brand} ha dado otra dirección de correo a su cuenta',
      text: 'El equipo de {brand} ha dado otra dirección a la cuenta que tenía esta dirección de correo. La sesión está cerrada en todos los dispositivos, y los correos sobre la cuenta van a la otra dirección.',
    },
    new_device: {
      subject: 'Un dispositivo nuevo ha iniciado sesión en su cuenta de {brand}',
      text: 'Alguien ha iniciado sesión en su cuenta de {brand} con su contraseña, desde un dispositivo o una red que no se había usado antes.',
    },
    new_device_mails_off: {
      subject: '{brand} ya no le avisa de dispositivos nuevos',
      text: 'Los correos sobre dispositivos nuevos se han desactivado para su cuenta de {brand}. Se pueden volver a activar en la página de sus dispositivos.',
    },
    session_reused: {
      subject: 'Otro dispositivo ha usado una sesión de su cuenta de {brand}',
      text: 'Un dispositivo ha presentado un token de su cuenta de {brand} que ya se había sustituido. Puede que otra persona lo haya copiado.',
    },
  },
  notice: {
    choose:
      'Si ya lo sabía, no haga nada. Si no, elija otra contraseña ahora: se cierra la sesión en todos los dispositivos.',
    label: 'Elegir otra contraseña',
    write: 'Si ya lo sabía, no haga nada. Si no, escriba al equipo de {brand}.',
  },
  test: {
    subject: 'Un correo de prueba de {brand}',
    text: 'Los correos de {brand} llegan aquí. El equipo ha enviado este para comprobarlo.',
  },
}
