// Generated from the service's router by `pnpm client:types`. Do not edit.
import type { Mutation, Query } from '../procedure.ts'

/** The procedures of the account service. */
export interface AuthProcedures {
  /**
   * Tells a form what it must know before it asks: whether registration is open, and what a
   * password must be.
   */
  policy: Query<void, Policy>

  /**
   * Adds an account and logs its user in. The typed client keeps the pair. An email that has an
   * account, with the password of that account, logs in to it. Under `EMAIL_VERIFICATION=required`
   * it starts no session: the answer says that a mail goes out, which proves the email.
   *
   * Refused with `invalid_input`, `email_unavailable`, `registration_closed`, `throttled`,
   * `overloaded`, `read_only`.
   */
  register: Mutation<RegisterInput, Session | VerificationSent>

  /**
   * Logs in: email and password in, a token pair and the user out. The typed client keeps the pair.
   *
   * Refused with `invalid_input`, `invalid_credentials`, `email_not_verified`, `throttled`,
   * `overloaded`.
   */
  login: Mutation<LoginInput, Session>

  /**
   * Returns the next token pair for a refresh token. The typed client does this by itself: call it
   * only for tokens that it does not keep.
   *
   * Refused with `invalid_input`, `token_invalid`, `token_expired`, `token_without_expiry`,
   * `token_without_id`, `token_without_type`, `token_wrong_type`, `token_without_user`,
   * `user_not_found`, `session_ended`, `account_unavailable`, `throttled`.
   */
  refresh: Mutation<RefreshInput, TokenPair>

  /**
   * Tells whether the service signed a token and its time is not over. Whether its session has
   * ended, `introspect` tells. A mutation, so that no token stands in a URL.
   *
   * Refused with `invalid_input`, `token_invalid`, `token_expired`, `token_without_expiry`,
   * `token_without_id`.
   */
  verify: Mutation<VerifyInput, Nothing>

  /**
   * Ends the session of a refresh token. For the session that the typed client keeps there is
   * `client.logOut()`.
   *
   * Refused with `invalid_input`, `token_invalid`, `token_expired`, `token_without_expiry`,
   * `token_without_id`, `token_without_type`, `token_wrong_type`, `token_without_user`,
   * `user_not_found`, `session_ended`, `account_unavailable`.
   */
  logout: Mutation<RefreshInput, Nothing>

  /**
   * Tells whether the service accepts an access token at this moment. REST does not serve it: `GET
   * /api/users/me/` with the token tells the same. `createRevocationCheck` of the typed client asks
   * about many tokens in one request and remembers the answers.
   *
   * Refused with `invalid_input`.
   */
  introspect: Mutation<VerifyInput, Introspection>

  /** Returns the user of the access token. */
  me: Query<void, User>

  /**
   * Changes the given parts of the caller's profile. Errors name the fields as in `profile.bio`.
   *
   * Refused with `invalid_input`, `throttled`, `read_only`.
   */
  updateProfile: Mutation<UpdateProfileInput, User>

  /**
   * Returns the caller's live sessions, the one used last first. For more than a hundred, name the
   * last one as `before`.
   *
   * Refused with `invalid_input`.
   */
  listSessions: Query<ListSessionsInput | undefined | void, SessionList>

  /**
   * Ends every session of the caller but this one.
   *
   * Refused with `throttled`.
   */
  endOtherSessions: Mutation<void, Nothing>

  /**
   * Ends every session of the caller, this one too: the typed client is logged out at its next
   * call.
   *
   * Refused with `throttled`.
   */
  endAllSessions: Mutation<void, Nothing>

  /**
   * Ends one session of the caller, by its id in the list. Any other id is refused with
   * `not_found`.
   *
   * Refused with `invalid_input`, `throttled`.
   */
  endSession: Mutation<EndSessionInput, Nothing>

  /**
   * Gives the caller another password, ends all their sessions and starts a new one, whose pair the
   * typed client keeps. Where the answer got lost, the same call within 30 seconds gets it again.
   *
   * Refused with `invalid_input`, `throttled`, `overloaded`, `read_only`.
   */
  changePassword: Mutation<ChangePasswordInput, NewTokens>

  /**
   * Asks for a mail with a link and a code, with which its reader can choose another password. The
   * answer is the same whether or not the email has an account.
   *
   * Refused with `invalid_input`, `mail_off`, `throttled`, `read_only`.
   */
  passwordReset: Mutation<PasswordResetRequest, Nothing>

  /**
   * Tells a page whether it may show the form for a new password: in the browser that asked for the
   * mail, and in any other with the code of the mail. Consumes nothing.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`.
   */
  passwordResetCheck: Mutation<PasswordResetCheck, PasswordResetState>

  /**
   * Gives the account of a mailed link or code another password and revokes all its sessions. It
   * starts none: log in with the new password.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`, `overloaded`,
   * `read_only`.
   */
  passwordResetConfirm: Mutation<PasswordReset, Nothing>

  /**
   * Asks for another email of the caller. It changes when the link or the code of the mail to it is
   * confirmed. The answer is the same whether or not another account has it.
   *
   * Refused with `invalid_input`, `mail_off`, `throttled`, `overloaded`, `read_only`.
   */
  emailChange: Mutation<EmailChangeInput, Nothing>

  /**
   * Tells a page whether a button alone may change the email: in the browser that asked for the
   * change, and in any other with the code of the mail. Consumes nothing.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`.
   */
  emailChangeCheck: Mutation<EmailChangeCheck, PasswordResetState>

  /**
   * Confirms a change of email with what was mailed to the new email, or to the old one.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`, `email_taken`,
   * `read_only`.
   */
  emailChangeConfirm: Mutation<EmailChangeProof, EmailChangeResult>

  /**
   * Cancels the caller's change of email that is not confirmed yet or, without an access token,
   * that of the link in the mail to the old email. So it does not build on `protectedProcedure`.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `throttled`, `read_only`.
   */
  emailChangeCancel: Mutation<EmailChangeCancellation, Nothing>

  /**
   * Undoes a change of email or password with the link and the code of the mail that told of it.
   * The account gets the email back that it had, and mail to it leads to another password.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`, `read_only`.
   */
  undo: Mutation<UndoInput, Nothing>

  /** Returns which mails the caller gets unasked. */
  notices: Query<void, NoticeSettings>

  /**
   * Changes which mails the caller gets unasked. A mail tells of what is turned off.
   *
   * Refused with `invalid_input`, `throttled`, `read_only`.
   */
  updateNotices: Mutation<NoticeSettingsInput, NoticeSettings>

  /** Returns the language that the caller chose for mails. */
  language: Query<void, LanguageChoice>

  /**
   * Chooses the language of mails to the caller.
   *
   * Refused with `invalid_input`, `throttled`, `read_only`.
   */
  updateLanguage: Mutation<LanguageInput, LanguageChoice>

  /**
   * Proves the email of a mailed link or code: a registration becomes an account, and a user has a
   * verified email. Doing so twice is a success. It starts no session: log in with the password.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `read_only`.
   */
  emailVerify: Mutation<EmailVerification, Nothing>

  /**
   * Tells a page who registered with the email of a mailed link, and whether a button alone may
   * verify it: in the browser that registered, and in any other with the code of the mail. Consumes
   * nothing.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`.
   */
  emailVerifyCheck: Mutation<EmailVerificationCheck, EmailVerificationState>

  /**
   * Deletes what another person registered with the email of a mail's reader: the registration or,
   * while its email is not verified, the account.
   *
   * Refused with `invalid_input`, `mail_off`, `link_invalid`, `link_used`, `read_only`.
   */
  emailVerifyReject: Mutation<EmailVerificationRejection, Nothing>

  /**
   * Asks for another mail that proves an email. The answer is the same whether or not one waits for
   * it.
   *
   * Refused with `invalid_input`, `mail_off`, `throttled`, `read_only`.
   */
  emailVerifyResend: Mutation<EmailVerificationRequest, Nothing>
}

/** The rules that a form shows before a registration or a new password. */
export interface Policy {
  /** Whether anybody may register. */
  registration: boolean
  password: {
    /** Characters that a new password has at least. */
    min_length: number
    /** Bytes of UTF-8 that a password has at most. */
    max_bytes: number
  }
  /** Whether a mail can reset a password: false where the service sends no mail. */
  password_reset: boolean
  /**
   * Whether a person proves to read the email. `required`: a registration starts no session, and a
   * login needs the proof.
   */
  email_verification: "off" | "optional" | "required"
}

/** The input of a registration. */
export interface RegisterInput {
  /**
   * Kept as typed but for space and invisible characters around it. It is one address in upper and
   * in lower case. At most 254 characters.
   */
  email: string
  /** Long enough and not a common one. At most 1024 bytes of UTF-8. */
  password: string
  /** What others call the user. Without it: `Anonymous User`. At most 100 characters. */
  display_name?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
  /**
   * The `device_token` of the last login on this device: with it, wrong passwords from elsewhere do
   * not keep the owner waiting.
   */
  device_token?: string | undefined
}

/** The answer of a login by tRPC. REST has the device token in the header `Device-Token`. */
export interface Session {
  /** Buys the next pair of tokens. Keep it where only the app can read it. */
  refresh: string
  /** Goes into `Authorization: Bearer …`. Ends at its claim `exp`. */
  access: string
  user: User
  /**
   * Says that this device knows the password. Keep it beyond the session and send it with the next
   * login.
   */
  device_token: string
}

/** A user as every answer shows it. */
export interface User {
  /** Never changes and is never given to another. */
  id: number
  /** As the user typed it. */
  email: string
  /** Whether the user proved to read the email. Absent under `EMAIL_VERIFICATION=off`. */
  email_verified?: boolean
  profile: Profile
}

/** The public part of a user. */
export interface Profile {
  /** What others call the user. */
  display_name: string
  /** What the user says about themselves. May be empty. */
  bio: string
}

/**
 * The answer of a registration that a mail must confirm, whether or not the email has an account.
 */
export interface VerificationSent {
  /** Says that a mail goes out. */
  detail: string
}

/** The input of a login. */
export interface LoginInput {
  /** In upper or lower case; space and invisible characters around it are ignored. */
  email: string
  /** Exactly as the user typed it. At most 1024 bytes of UTF-8. */
  password: string
  /**
   * The `device_token` of the last login on this device: with it, wrong passwords from elsewhere do
   * not keep the owner waiting.
   */
  device_token?: string | undefined
}

/** The input of `refresh` and `logout`: the refresh token. */
export interface RefreshInput {
  /** The newest refresh token that you were given. */
  refresh: string
}

/**
 * The answer of a refresh. `refresh` is absent when `ROTATE_REFRESH_TOKENS=false`: the one
 * presented stays in use.
 */
export interface TokenPair {
  /** Goes into `Authorization: Bearer …`. Ends at its claim `exp`. */
  access: string
  /** Replaces the one that you sent. When it is absent, the one that you sent stays in use. */
  refresh?: string
}

/** The input of `verify`: a token of either type. */
export interface VerifyInput {
  /** An access token or a refresh token. */
  token: string
}

/** The answer of a procedure without data: `{}`. */
export type Nothing = Record<string, never>

/** Whether the service accepts a token at this moment. */
export interface Introspection {
  /** Whether the service accepts the token. */
  active: boolean
}

/** The input of a change of the profile. An absent field keeps its value. */
export interface UpdateProfileInput {
  profile?: {
    /** What others call the user. At most 100 characters. */
    display_name?: string | undefined
    /**
     * What the user says about themselves, kept as typed. May be empty. At most 2,000 characters.
     */
    bio?: string | undefined
  } | undefined
}

/** The part of the list of sessions to answer. Default: the newest hundred. */
export interface ListSessionsInput {
  /** How many sessions to list, 100 at most and by default. */
  limit?: number | undefined
  /** The `id` of the last session of a list: the answer holds those that follow. */
  before?: string | undefined
}

/** A list of live sessions, the one used last first. */
export type SessionList = SessionEntry[]

/** A live session as its user sees it. Times are ISO 8601 in UTC. */
export interface SessionEntry {
  /** Names the session: the claim `sid` of its tokens. */
  id: string
  /** What the user agent of the last request says; null what it does not say. */
  device: {
    /** For example `Firefox`. */
    browser: string | null
    /** For example `Android`. */
    os: string | null
    /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
    type: string | null
  }
  /** Where the last request came from. */
  ip: string | null
  /** When the user logged in; UTC. */
  created_at: string
  /** When its tokens were last renewed; UTC. */
  last_used_at: string
  /**
   * When a refresh token that had long been replaced was presented last; null: never. Somebody may
   * have a copy of it: end the session.
   */
  reused_at: string | null
  /** Whether it is the session of the access token that asks. */
  is_current: boolean
}

/** The input that names one session to revoke. Text that is no id matches no session. */
export interface EndSessionInput {
  /** The `id` from the list of sessions. */
  id: string
}

/** The input of a change of password. */
export interface ChangePasswordInput {
  /** Exactly as the user typed it. */
  current_password: string
  /** Another one, long enough and not a common one. At most 1024 bytes of UTF-8. */
  new_password: string
}

/** The answer of a change of password: the tokens of the session that it started. */
export interface NewTokens {
  /** Goes into `Authorization: Bearer …`. Ends at its claim `exp`. */
  access: string
  /** Replaces every refresh token from before: those are worth nothing now. */
  refresh: string
}

/** What a request for a password reset takes. */
export interface PasswordResetRequest {
  /** The email of the account, in upper or lower case. At most 254 characters. */
  email: string
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/**
 * What a page sends before it shows the form for a new password: `token`, with `code` in a browser
 * that did not ask for the mail, or `email` and `code`.
 */
export interface PasswordResetCheck {
  /** The parameter `t` of the link in the mail. */
  token?: string | undefined
  email?: string | undefined
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/** Whether the page may show that form. */
export interface PasswordResetState {
  /** False: the mail was asked for in another browser. Ask for the code of the mail. */
  is_open: boolean
}

/** What a reset of the password takes: `token`, or `email` and `code`. */
export interface PasswordReset {
  /** The parameter `t` of the link in the mail. */
  token?: string | undefined
  /** With `code`, in place of `token`. */
  email?: string | undefined
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
  /** Long enough and not a common one. At most 1024 bytes of UTF-8. */
  new_password: string
}

/** What a change of email takes. */
export interface EmailChangeInput {
  /** Kept as typed but for space and invisible characters around it. At most 254 characters. */
  new_email: string
  /** Exactly as the user typed it. */
  current_password: string
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/** What a page sends before it offers to change the email with a button alone. */
export interface EmailChangeCheck {
  /** The parameter `t` of the link in the mail. */
  token?: string | undefined
  /** With `code`, in place of `token`: the email of the account as it still is. */
  email?: string | undefined
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/**
 * What proves that a person reads the new email: `token`, or `email` and `code`. The old mailbox
 * agrees with `token` and `code`, or with `token` and `browser` where it asked.
 */
export interface EmailChangeProof {
  /** The parameter `t` of the link in the mail. */
  token?: string | undefined
  /** With `code`, in place of `token`: the email of the account as it still is. */
  email?: string | undefined
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/** The answer to a proof: nothing once the email has changed, or what the change waits for. */
export interface EmailChangeResult {
  /**
   * Under `EMAIL_CHANGE=both`: whose mailbox must still agree. Without it, the email has changed.
   */
  waits_for?: "old_email" | "new_email"
}

/** Which change of email to cancel: that of the link, or the caller's own. */
export interface EmailChangeCancellation {
  /**
   * The parameter `t` of the link in the mail to the old email. Without it, send an access token.
   */
  token?: string | undefined
}

/** What an undo takes: the link and the code of the same mail. */
export interface UndoInput {
  token: string
  code: string
}

/** Which mails a user gets unasked. All others cannot be turned off. */
export interface NoticeSettings {
  /** Whether a mail tells of a login from a new device. */
  new_device: boolean
}

/** What a change of that takes. */
export interface NoticeSettingsInput {
  /** Whether a mail tells of a login from a new device. */
  new_device: boolean
}

/** The language that a user chose. */
export interface LanguageChoice {
  /** The language of mails to the user; null: that of the request that causes a mail. */
  language: "en" | "de" | "fr" | "es" | "ar" | null
}

/** What a choice of the language takes. In a form, an empty text is null. */
export interface LanguageInput {
  /** The language of mails to the user; null: that of the request that causes a mail. */
  language: "en" | "de" | "fr" | "es" | "ar" | null
}

/** What proves that a person reads an email: `token`, or `email` and `code`. */
export interface EmailVerification {
  /** The parameter `t` of the link in the mail. */
  token?: string | undefined
  /** With `code`, in place of `token`. */
  email?: string | undefined
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/** What a page sends before it shows who registered. */
export interface EmailVerificationCheck {
  token: string
  /** The six digits of the mail; space among them is ignored. */
  code?: string | undefined
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}

/** Who registered with an email, and what its page may offer. */
export interface EmailVerificationState {
  /** Whether this browser asked for the mail, or its code was sent: a button alone is enough. */
  is_open: boolean
  /** Whether the email is verified already. */
  is_done: boolean
  /** Who registered, when and from where. */
  registrant: {
    display_name: string
    created_at: string
    device: {
      /** For example `Firefox`. */
      browser: string | null
      /** For example `Android`. */
      os: string | null
      /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
      type: string | null
    }
    ip: string | null
  }
}

/** What it takes to say that another person registered: the link and the code of the same mail. */
export interface EmailVerificationRejection {
  token: string
  code: string
}

/** What a request for another mail takes, with which a person proves to read an email. */
export interface EmailVerificationRequest {
  /** The email to prove, in upper or lower case. At most 254 characters. */
  email: string
  /**
   * A random secret that the page keeps in the browser, the same in the request for the mail and
   * with its link: it proves that the browser is the one that asked.
   */
  browser?: string | undefined
}
