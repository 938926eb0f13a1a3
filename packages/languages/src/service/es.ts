import type { ServiceTexts } from './texts.ts'

/** The texts of the service in Spanish. */
export const es: ServiceTexts = {
  'Invalid input.': 'Datos no válidos.',
  'Malformed request.': 'Solicitud con formato incorrecto.',
  'This email address cannot be registered. If it is yours, log in with its password.':
    'Esta dirección de correo electrónico no se puede registrar. Si es la suya, inicie sesión con su contraseña.',
  'This link or code does not work. Ask for a new one.':
    'Este enlace o código no funciona. Solicite uno nuevo.',
  'This link was used. If that was not you, ask for a new one.':
    'Este enlace ya se ha usado. Si no ha sido usted, solicite uno nuevo.',
  'Another account has this email.': 'Otra cuenta tiene esta dirección de correo electrónico.',
  'No active account found with the given credentials':
    'La combinación de credenciales no tiene una cuenta activa',
  'Authentication credentials were not provided.': 'Las credenciales de autenticación no se proveyeron.',
  'Authorization header must contain two space-delimited values':
    "El encabezado 'Authorization' debe contener valores delimitados por espacios",
  'Token is invalid': 'El token es inválido',
  'Token is expired': 'El token ha expirado',
  "Token has no 'exp' claim": "El token no tiene el privilegio 'exp'",
  'Token has no id': 'El token no tiene id',
  'Token has no type': 'El token no tiene tipo',
  'Token has wrong type': 'El token tiene un tipo incorrecto',
  'Token contained no recognizable user identification':
    'El token no contenía identificación de usuario reconocible',
  'Token is blacklisted': 'El token está en lista negra',
  'No active account found for the given token.': 'No hay ninguna cuenta activa para este token.',
  'User not found': 'Usuario no encontrado',
  'User is inactive': 'El usuario está inactivo',
  'Registration is closed.': 'El registro está cerrado.',
  'This service sends no mail.': 'Este servicio no envía correos.',
  'E-mail is not verified.': 'La dirección de correo electrónico no está verificada.',
  'Not found.': 'No encontrado.',
  'Method not allowed.': 'Método no permitido.',
  'Could not satisfy the request Accept header.':
    'No se ha podido satisfacer la solicitud de cabecera de Accept.',
  'Request body is too large.': 'El contenido de la solicitud es demasiado grande.',
  'Unsupported media type in request.': 'Tipo de medio incompatible en la solicitud.',
  'Request was throttled.': 'Solicitud fue regulada (throttled).',
  'The service is busy. Try again in a moment.':
    'El servicio está ocupado. Inténtelo de nuevo en un momento.',
  'Accounts cannot be changed at the moment. Try again later.':
    'Las cuentas no se pueden cambiar en este momento. Inténtelo de nuevo más tarde.',
  'The service is not available. Try again in a moment.':
    'El servicio no está disponible. Inténtelo de nuevo en un momento.',
  'Something went wrong on our side.': 'Algo ha fallado por nuestra parte.',
  'This field is required.': 'Este campo es requerido.',
  'This field may not be null.': 'Este campo no puede ser nulo.',
  'This field may not be blank.': 'Este campo no puede estar en blanco.',
  'Not a valid string.': 'No es un texto válido.',
  'Null characters are not allowed.': 'Los caracteres nulos no están permitidos.',
  'Surrogate characters are not allowed: {code}.': 'Los caracteres sustitutos no están permitidos: {code}.',
  'Ensure this field has no more than {count} characters.':
    'Asegúrese de que este campo no tenga más de {count} caracteres.',
  'Ensure this field has no more than {count} bytes.':
    'Asegúrese de que este campo no tenga más de {count} bytes.',
  'Ensure this value is greater than or equal to {count}.':
    'Asegúrese de que este valor es mayor o igual a {count}.',
  'Ensure this value is less than or equal to {count}.':
    'Asegúrese de que este valor es menor o igual a {count}.',
  'A valid integer is required.': 'Introduzca un número entero válido.',
  'Must be a valid boolean.': 'Debe ser verdadero o falso.',
  'Must be a valid UUID.': 'Debe ser un UUID válido.',
  '{input} is not a valid choice.': '{input} no es una elección válida.',
  'Enter a valid email address.': 'Introduzca una dirección de correo electrónico válida.',
  'Invalid data. Expected a dictionary.': 'Datos inválidos. Se esperaba un diccionario.',
  'Invalid data. Expected a dictionary, but got {type}.':
    'Datos inválidos. Se esperaba un diccionario pero es un {type}.',
  'No data provided': 'No se han proporcionado datos',
  'A user with that email already exists.': 'Ya existe un usuario con esta dirección de correo electrónico.',
  'You have no such session.': 'No tiene ninguna sesión así.',
  'Your current password was entered incorrectly. Please enter it again.':
    'Su contraseña actual no es correcta. Vuelva a introducirla.',
  'The new password must differ from the current one.': 'La contraseña nueva debe ser distinta de la actual.',
  'This password is too short. It must contain at least {count} characters.':
    'Esta contraseña es demasiado corta. Debe contener al menos {count} caracteres.',
  'This password is too common.': 'Esta contraseña es demasiado común.',
  'This is your email already.': 'Esta ya es su dirección de correo electrónico.',
  'Method "{method}" not allowed.': 'Método "{method}" no permitido.',
  'Unsupported media type "{type}" in request.': 'Tipo de medio "{type}" incompatible en la solicitud.',
  'JSON parse error - The body is not valid JSON': 'Error de JSON - El contenido no es JSON válido',
  'Multipart form parse error - {reason}': 'Error en el formulario multipart - {reason}',
  'Request was throttled. Expected available in {count} second.':
    'Solicitud fue regulada (throttled). Se espera que esté disponible en {count} segundo.',
  'Request was throttled. Expected available in {count} seconds.':
    'Solicitud fue regulada (throttled). Se espera que esté disponible en {count} segundos.',
  'Given token not valid for any token type': 'El token dado no es valido para ningun tipo de token',
  'Verification e-mail sent.': 'Correo de verificación enviado.',
}
