import { AccountForm } from '../../accounts/account-form'
import { logIn } from '../../accounts/actions'

export default function Login() {
  return <AccountForm label="Log in" action={logIn} />
}
