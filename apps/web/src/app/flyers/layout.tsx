export { AccountLayout as default } from '../account/account-layout.tsx'
