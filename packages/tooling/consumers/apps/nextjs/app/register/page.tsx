import { AccountForm } from '../../accounts/account-form'
import { register } from '../../accounts/actions'

export default function Register() {
  return <AccountForm label="Register" action={register} />
}
