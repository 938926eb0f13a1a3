import { readBearerToken } from '@pockitflyer/auth-protocol/claims'
import { type AuthErrorCode, errorTable } from '@pockitflyer/auth-protocol/errors'
import { loginInput } from '@pockitflyer/auth-protocol/schemas'

const code: AuthErrorCode = 'token_expired'
const { success } = loginInput.safeParse({ email: 'ada@example.com' })
console.log(JSON.stringify([errorTable[code].status, success, readBearerToken('Bearer abc')]))
