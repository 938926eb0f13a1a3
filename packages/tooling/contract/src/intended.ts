import {
  contentTypeOf,
  detailOf,
  fieldErrors,
  isHtml,
  isOddUserId,
  pathOf,
  withoutCopiedClaims,
} from './answers.ts'
import { findToken, isLogin, isLogout, isMe, isRefresh, readLogin } from './recognise.ts'
import type { Observation, Rule } from './rule.ts'

/** White space at an end of a text, as Python sees it. */
// oxlint-disable-next-line no-control-regex -- U+001C to U+001F are white space to Python
const pythonSpace = /^[\s\x1c-\x1f\x85]|[\s\x1c-\x1f\x85]$/

const accountUnavailable = 'No active account found for the given token.'
const withoutUser = 'Token contained no recognizable user identification'

/** Every intended difference. The first that explains an observation counts. */
export const rules: Rule[] = [
  {
    name: 'version: token texts',
    reason: 'SimpleJWT 5.5.1 says "Token is invalid" and "Token is expired", 5.2.2 one text for both.',
    explains: ({ django, ours }) =>
      ['Token is invalid', 'Token is expired'].some(
        (text) => django.text.replaceAll('Token is invalid or expired', text) === ours.text,
      ) && django.status === ours.status,
  },
  {
    name: 'version: user at refresh',
    reason: 'SimpleJWT 5.5.1 refuses the refresh token of an inactive user; 5.2.2 does not look.',
    explains: ({ exchange, django, ours }) =>
      isRefresh(exchange) &&
      findToken(exchange).user_id === 2 &&
      django.status === 200 &&
      detailOf(ours) === accountUnavailable,
  },
  {
    name: 'version: sub',
    reason: 'PyJWT 2.10 refuses a token whose `sub` is no text; older versions do not look.',
    explains: ({ exchange, ours }) =>
      typeof findToken(exchange).sub === 'number' &&
      ours.status === 401 &&
      ours.text.includes('Token is invalid'),
  },
  {
    name: 'never a 500',
    reason:
      'What the Django service did not expect and answers 500 to is answered like any other fault of that kind.',
    explains: ({ django, ours }) => django.status === 500 && ours.status < 500,
  },
  {
    name: '404 in JSON',
    reason: 'An unknown path is answered {"detail":"Not found."}; the Django service sends a page of HTML.',
    explains: ({ django, ours }) =>
      django.status === 404 && ours.status === 404 && isHtml(django) && !isHtml(ours),
  },
  {
    name: 'no trailing-slash redirect',
    reason:
      'A path without its trailing slash is answered; the Django service redirects, and a POST is lost on the way.',
    explains: ({ exchange, django }) => django.status === 301 && !pathOf(exchange).endsWith('/'),
  },
  {
    name: 'email whatever its case',
    reason: 'An email is found whatever its case; the Django service compares it letter for letter.',
    explains: ({ exchange, django, ours }) => {
      const { email } = readLogin(exchange)
      return (
        isLogin(exchange) &&
        email !== undefined &&
        /[A-Z]/.test(email) &&
        django.status === 401 &&
        ours.status === 200
      )
    },
  },
  {
    name: 'password exactly as given',
    reason:
      'A password is never trimmed: spaces around it are part of it, and spaces alone are a wrong password, not a blank one.',
    explains: ({ exchange, django, ours }) => {
      if (!isLogin(exchange)) return false
      const { password: complaint, ...others } = fieldErrors(django)
      if (JSON.stringify(complaint) === '["This field may not be blank."]') {
        return JSON.stringify(others) === JSON.stringify(fieldErrors(ours))
      }
      return pythonSpace.test(readLogin(exchange).password ?? '') && django.status !== ours.status
    },
  },
  {
    name: 'password of at most 1,024 bytes',
    reason:
      'A longer password is refused before it is hashed, so that nobody can keep the service busy with one.',
    explains: ({ exchange, ours }) =>
      isLogin(exchange) && ours.text.includes('Ensure this field has no more than 1024 bytes.'),
  },
  {
    name: 'scheme whatever its case',
    reason: 'The scheme of the Authorization header is read in any case (RFC 9110 section 11.1).',
    explains: ({ exchange }) => {
      const scheme = /^\s*(\S*)/.exec(exchange.request.headers?.['Authorization'] ?? '')?.[1] ?? ''
      return scheme !== 'Bearer' && scheme.toLowerCase() === 'bearer'
    },
  },
  {
    name: 'body of at most 64 KiB',
    reason: 'A larger body is 413 in the shape of every other error; the Django service reads 2.5 MB.',
    explains: ({ ours }) => ours.status === 413,
  },
  {
    name: 'header lines over 8,190 bytes',
    reason: 'They are read; the server before the Django service answers 400 with a page of HTML.',
    explains: ({ django }) =>
      django.status === 400 && isHtml(django) && django.text.includes('limit request headers'),
  },
  {
    name: 'token of at most 8 KiB',
    reason: 'A longer token is refused before it is decoded.',
    explains: ({ exchange, ours }) => findToken(exchange).length > 8192 && ours.status === 401,
  },
  {
    name: 'media type whatever its case',
    reason:
      'Multipart/Form-Data is multipart/form-data (RFC 9110 section 8.3.1); the Django service refuses it with 400.',
    explains: ({ exchange, django }) =>
      /^multipart\/form-data/i.test(contentTypeOf(exchange)) &&
      !contentTypeOf(exchange).startsWith('multipart/form-data') &&
      (detailOf(django) ?? '').startsWith('Multipart form parse error'),
  },
  {
    name: 'well-formed multipart',
    reason:
      'A multipart body that breaks RFC 7578 is refused; the Django service reads what it can find in it.',
    explains: ({ django, ours }) =>
      django.status < 500 &&
      ours.status === 400 &&
      (detailOf(ours) ?? '').startsWith('Multipart form parse error'),
  },
  {
    name: 'claims of new tokens',
    reason:
      'New tokens say user and email as the database has them, user_id as a number, and their own iat; the Django service copies the claims of the token presented.',
    explains: ({ exchange, django, ours }) =>
      isRefresh(exchange) &&
      django.status === 200 &&
      withoutCopiedClaims(django) === withoutCopiedClaims(ours),
  },
  {
    name: 'no tokens for nobody',
    reason: 'A refresh token without a user, or of one who does not exist, is refused at refresh and logout.',
    explains: ({ exchange, django, ours }) =>
      (isRefresh(exchange) || isLogout(exchange)) &&
      django.status === 200 &&
      [accountUnavailable, withoutUser, 'User not found'].includes(detailOf(ours) ?? ''),
  },
  {
    name: 'dot segments',
    reason:
      'A path with /./ or /../ is the path without them (RFC 3986 section 6.2.2.3), as browsers and curl send it.',
    explains: ({ exchange, django }) => /\/\.{1,2}(\/|$)/.test(pathOf(exchange)) && django.status === 404,
  },
  {
    name: 'times as numbers',
    reason:
      'exp, nbf and iat are numbers (RFC 7519 section 2) or the token is invalid; the Django service makes numbers of text and of true.',
    explains: ({ exchange, ours }) => findToken(exchange).hasOddTime && ours.status === 401,
  },
  {
    name: 'user_id as a number or its digits',
    reason:
      'A user_id that is neither is nobody\'s; the Django service makes a number of true, 1.5 and " 1 ".',
    explains: ({ exchange, django, ours }) =>
      isOddUserId(findToken(exchange).user_id) && [200, 405].includes(django.status) && ours.status === 401,
  },
  {
    name: 'a profile can be changed',
    reason: 'PATCH at /me/ changes the profile; the Django service has no such method.',
    explains: ({ exchange, django, ours }) =>
      isMe(exchange) && exchange.request.method === 'PATCH' && django.status === 405 && ours.status !== 405,
  },
]

/** Finds the rule that explains why two answers differ. */
export function findRule(observation: Observation): Rule | undefined {
  return rules.find((rule) => rule.explains(observation))
}
