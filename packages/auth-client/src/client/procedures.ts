/**
 * The procedures of the account service as this package publishes them: plain interfaces, which an
 * editor shows as they stand here and a compiler reads in no time. `test/sibling.ts` compares them
 * with the service's own router and does not compile when they differ.
 */
export interface AuthProcedures {
  /**
   * Email and password in; a token pair and the user out. The client keeps the pair.
   * Refused with `invalid_credentials`, `invalid_input`, `throttled`, `overloaded`.
   */
  login: Mutation<LoginInput, Session>

  /**
   * Adds an account and logs its user in; the client keeps the pair. Whoever registers an address
   * that has an account, with its password, is logged in to it. Refused with `email_unavailable`,
   * `invalid_input`, `registration_closed`, `throttled`, `overloaded`.
   */
  register: Mutation<RegisterInput, Session>

  /** What a form must know before it asks. */
  policy: Query<void, Policy>

  /**
   * A refresh token in; the next pair out. The client does this by itself: call it only for tokens
   * that it does not keep. Refused with `session_ended`, `token_expired`, `token_invalid`,
   * `account_unavailable`.
   */
  refresh: Mutation<RefreshInput, TokenPair>

  /**
   * Ends the session of a refresh token. For the session that the client keeps there is
   * `client.signOut()`.
   */
  logout: Mutation<RefreshInput, Nothing>

  /**
   * Tells whether a token is signed by the service and in its time, but not whether its session has
   * ended: that tells `introspect`.
   */
  verify: Mutation<VerifyInput, Nothing>

  /**
   * Tells whether an access token is worth anything at this moment. Who asks often asks with
   * `createRevocationCheck` (`@pockitflyer/auth-client/revocation`), which remembers and asks about
   * many at once.
   */
  introspect: Mutation<VerifyInput, Introspection>

  /** Who the access token belongs to. */
  me: Query<void, User>

  /**
   * Changes the parts of the profile that are given. Refused with `invalid_input`; its `fields` are
   * named `profile.bio`, say.
   */
  updateProfile: Mutation<UpdateProfileInput, User>

  /**
   * The user's live sessions, the one used last first: the newest hundred. For more, name the last
   * one as `before`.
   */
  listSessions: Query<ListSessionsInput | undefined | void, SessionEntry[]>

  /** Ends one session of the user, by its id in the list. Refused with `not_found`. */
  endSession: Mutation<EndSessionInput, Nothing>

  /** Ends every session of the user but this one. */
  endOtherSessions: Mutation<void, Nothing>

  /** Ends every session of the user, this one too: the client is signed out at its next call. */
  endAllSessions: Mutation<void, Nothing>

  /**
   * Gives the user another password, ends all their sessions and starts a new one, whose pair the
   * client keeps. Where the answer got lost, the same call within 30 seconds gets it again. Refused
   * with `invalid_input` and its `fields`, `throttled`, `overloaded`.
   */
  changePassword: Mutation<ChangePasswordInput, NewTokens>
}

/** A procedure that reads. */
export interface Query<Input, Output> {
  query(input: Input, options?: CallOptions): Promise<Output>
}

/**
 * A procedure that changes something. It is never sent a second time where the first may have
 * arrived.
 */
export interface Mutation<Input, Output> {
  mutate(input: Input, options?: CallOptions): Promise<Output>
}

/** What one call may ask for. */
export interface CallOptions {
  /** Gives the call up. Its promise is rejected at once; what the service has begun it finishes. */
  signal?: AbortSignal | undefined
}

/** What a login takes. */
export interface LoginInput {
  /** In upper or lower case; space around it is ignored. */
  email: string
  /** Exactly as the user typed it. At most 1,024 bytes of UTF-8. */
  password: string
  /** The one of the last login on this device. Default: the one that the client's store keeps. */
  device_token?: string | undefined
}

/** What a registration takes. */
export interface RegisterInput {
  /** At most 254 characters. */
  email: string
  /** Long enough, and not a common one; see `policy`. */
  password: string
  /** At most 100 characters. `Anonymous User` where it is absent. */
  display_name?: string | undefined
  /** As at a login. */
  device_token?: string | undefined
}

/** What a form must know before it asks. */
export interface Policy {
  /** Whether anybody may register. */
  registration: boolean
  password: {
    /** Characters that a new password has at least. */
    min_length: number
    /** Bytes of UTF-8 that a password has at most. */
    max_bytes: number
  }
}

/** What a change of the profile takes. */
export interface UpdateProfileInput {
  profile?: { display_name?: string | undefined; bio?: string | undefined } | undefined
}

/** What a login answers: a token pair and whose it is. */
export interface Session {
  /** Buys the next pair. */
  refresh: string
  /** Goes into `Authorization: Bearer …`. */
  access: string
  user: User
  /**
   * Says that this device knows the password: with it, wrong passwords from elsewhere do not keep
   * the owner waiting. The client keeps it, beyond a sign-out, and sends it with the next login.
   */
  device_token: string
}

/**
 * What a refresh answers. `refresh` is absent where the service does not rotate: the one presented
 * stays in use.
 */
export interface TokenPair {
  access: string
  refresh?: string
}

/** What a change of password answers: the pair of the session that it started. */
export interface NewTokens {
  access: string
  refresh: string
}

/** What refresh and logout take. */
export interface RefreshInput {
  /** The newest refresh token that you were given. */
  refresh: string
}

/** What verify takes. */
export interface VerifyInput {
  /** An access token or a refresh token. */
  token: string
}

/** Whether a token is worth anything at this moment. */
export interface Introspection {
  active: boolean
}

/** A user as every answer shows it. */
export interface User {
  /** Never changes and is never given to another. */
  id: number
  /** As the user typed it. */
  email: string
  profile: Profile
}

/** What others may see of a user. */
export interface Profile {
  /** What others call the user. */
  display_name: string
  /** What the user says about themselves. May be empty. */
  bio: string
}

/** A live session as its user sees it. */
export interface SessionEntry {
  /** Names the session: the claim `sid` of its tokens. */
  id: string
  /** What the user agent of the last request says; null what it does not say. */
  device: { browser: string | null; os: string | null; type: string | null }
  /** Where the last request came from. */
  ip: string | null
  /** When the user logged in; ISO 8601, UTC. */
  created_at: string
  /** When its tokens were last renewed; ISO 8601, UTC. */
  last_used_at: string
  /**
   * When a refresh token that had long been replaced was presented last; ISO 8601, UTC. Somebody
   * may have a copy of it.
   */
  reused_at: string | null
  /** Whether it is the session that asks. */
  is_current: boolean
}

/** Which part of the list of sessions to answer. */
export interface ListSessionsInput {
  /** How many, 100 at most and by default. */
  limit?: number | undefined
  /** The `id` of the last session of a list: the answer holds those that follow. */
  before?: string | undefined
}

/** What the end of one session takes. */
export interface EndSessionInput {
  id: string
}

/** What a change of password takes. */
export interface ChangePasswordInput {
  current_password: string
  new_password: string
}

/** The answer of a procedure that has nothing to say: `{}`. */
export type Nothing = Record<string, never>
