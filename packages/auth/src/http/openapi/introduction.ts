import { errorTable } from '@pockitflyer/auth-protocol/errors'

/** The introduction for developers of clients, in CommonMark. */
export const introduction = `
Email and password in, JSON Web Tokens out. The service answers as Django REST framework with SimpleJWT does, so that a
client of such a service changes nothing but the host name.

## How to begin
1. \`POST /api/users/login/\` with email and password, or \`POST /api/users/register/\` for a new account. Keep both tokens where only your app can read them.
2. Send the access token with every request: \`Authorization: Bearer …\`.
3. When the access token's time is over (its claim \`exp\`), or an answer is 401, send the refresh token to
   \`POST /api/users/token/refresh/\`, store the new pair and repeat the request.
4. When the refresh answers 401 as well, the user has to log in again.
5. To log out, send the refresh token to \`POST /api/users/token/blacklist/\` and forget both tokens.

By default an access token lives a day, a refresh token a week, and a session 90 days however often it is refreshed.

## Addresses
Every address works with the slash at its end and without it. There are no redirects.

## Bodies
A body is JSON, a form (\`application/x-www-form-urlencoded\`) or \`multipart/form-data\`, at most 64 KiB. Fields that an
endpoint does not know are ignored; ignore fields of answers that you do not know. A number may stand for its text. In a
form, a field of an object has a dot in its name: \`profile.bio\`.
Answers are JSON. \`Accept: application/json; indent=4\` makes them easier to read.

## Other methods
A method that an address does not have is answered with **405**, \`{"detail": "Method \\"PUT\\" not allowed."}\` and the
header \`Allow\`. \`HEAD\` works where \`GET\` does. \`OPTIONS\` describes an endpoint as Django REST framework does. An endpoint
that wants an access token wants it for these, too.

## Errors
A body of an error is \`{"detail": "…"}\`, with a \`code\` where SimpleJWT has one; or, for a 400 about fields, lists of texts
by field. The texts are for developers. A 500 has a \`request_id\`, which helps to find its cause.
What is no HTTP, headers over 16 KiB and requests that take too long to arrive are refused with 400, 431 and 408 before
any of this, with a \`detail\`, too.

| Status | Text | \`code\` | What it means |
| --- | --- | --- | --- |
${renderErrors()}
`.trim()

function renderErrors(): string {
  const rows = Object.values(errorTable).map((entry) => {
    const code = 'restCode' in entry ? `\`${entry.restCode}\`` : ''
    return `| ${entry.status} | ${entry.text} | ${code} | ${entry.note} |`
  })
  return rows.join('\n')
}
