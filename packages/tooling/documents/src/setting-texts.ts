import { limitSettingFields, mailSettingFields } from '@pockitflyer/auth'

/** What a setting means. `absent` says what happens without it, where its schema has no default. */
export type Described = string | { text: string; absent: string }

interface Group {
  title: string
  note: string
  /** Its settings in order. Each has a text in `texts` or in its schema. */
  names?: string[]
  texts?: Record<string, Described>
}

/** The settings of the API, in groups. The operator's tool reads the same ones. */
export const apiGroups: Group[] = [
  {
    title: 'Database and server',
    note: '',
    texts: {
      DATABASE_URL: {
        absent: 'required in production',
        text: '`postgres://user:password@one:5432,two:5432/name`, one host or several, as libpq reads it. `target_session_attrs` is `read-write` unless it says `any`. Percent-encode `# / ? @ %` and spaces in a password',
      },
      DATABASE_POOL_SIZE: 'Most connections of one process',
      DATABASE_PREPARE:
        '`false` behind PgBouncer in transaction mode, RDS Proxy or Neon: PostgreSQL then parses statements each time, and the API sends no start-up parameter. `true` begins each connection with `options` of the planner, which a pooler in session mode must let pass; `PGOPTIONS` does not count then',
      HOST: 'Where the API listens',
      PORT: 'Where the API listens',
      REQUEST_TIMEOUT: 'How long a client may take to send a whole request, in seconds',
      KEEP_ALIVE_TIMEOUT:
        'How long a connection stays open between two requests, in seconds. Set it above the timeout of the balancer in front (nginx 75, AWS 60), which otherwise sends into a closing connection',
      SHUTDOWN_DELAY:
        'How long the API continues after `SIGTERM` while `/readyz` answers 503, in seconds; 30 at most',
      TRUSTED_PROXIES: {
        absent: 'none',
        text: 'The proxies whose `X-Forwarded-For` the API and the web app trust: a list of addresses and ranges, or `loopback`, `linklocal`, `uniquelocal`. Under `dev` and `start` the API also trusts the web app of this machine. The client is the last address that is no trusted proxy; if a proxy names none (`unknown`), the proxy itself',
      },
      CORS_ORIGINS: {
        absent: 'none',
        text: 'A list of origins whose pages may call the API from a browser, exactly as a browser sends them: `https://app.example.com`. Browsers send no cookies along. `dev` also allows every port of this machine',
      },
      API_DOCS: {
        absent: '`true`, in production `false`',
        text: 'Whether the API serves the page `/api/docs` and its document, `/api/openapi.json`',
      },
      NODE_ENV: {
        absent: 'none',
        text: '`production` with every `start` command, `development` under `dev`',
      },
      REDIS_URL: {
        absent: 'none',
        text: 'Keeps the counts of rate limits in Redis instead of PostgreSQL. If the store fails, or Redis does not answer within half a second, each process counts by itself and says so in the log',
      },
    },
  },
  {
    title: 'Keys and tokens',
    note: '',
    texts: {
      SECRET_KEY: {
        absent: 'required in production without `SIGNING_KEY`',
        text: 'Signs tokens with HS256; at least 32 bytes. Beside a `SIGNING_KEY` it only verifies. Development makes one in `.data/secret-key`',
      },
      SIGNING_KEY: {
        absent: 'none',
        text: 'A private key, JWK or PEM, that signs tokens: Ed25519 (EdDSA), P-256 (ES256) or RSA of at least 2048 bits (RS256). Development makes one in `.data/signing-key`',
      },
      VERIFYING_KEYS: {
        absent: 'none',
        text: 'Public keys that the service accepts and publishes beside the signing one: a JWK Set, a list of JWKs, or PEMs',
      },
      ALGORITHM: {
        absent: "the key's",
        text: 'A check only, because each key has its own algorithm',
      },
      DEVICE_TOKEN_KEY: {
        absent: 'derived from `SIGNING_KEY` and `SECRET_KEY`',
        text: 'Signs device tokens; at least 32 bytes. Without it device tokens end when another signing key replaces the current one. From `SECRET_KEY` to a `SIGNING_KEY` beside it they continue',
      },
      ACCESS_TOKEN_LIFETIME: 'Lifetime of an access token',
      REFRESH_TOKEN_LIFETIME:
        'Lifetime of a refresh token. A session without a refresh for so long is over; its last access token counts until its own `exp`',
      SESSION_MAX_LIFETIME: 'A session ends then, however often a client refreshes it',
      SESSIONS_PER_USER:
        'Live sessions of one user, 1 to 10000. One more revokes the session used longest ago',
      REFRESH_REUSE_GRACE:
        'How long the refresh token before the newest still works after the first use of the newest pair',
      ROTATE_REFRESH_TOKENS: '`false`: a refresh returns an access token only',
      BLACKLIST_AFTER_ROTATION: '`true`: a reused refresh token revokes its session',
      LEEWAY: 'Allowance for other clocks when the service checks the times of a token and its session',
      ISSUER: {
        absent: 'none',
        text: '`iss`, written and required. If it is the URL of the service, `/.well-known/openid-configuration` publishes it',
      },
      AUDIENCE: { absent: 'none', text: '`aud`, written and required' },
    },
  },
  {
    title: 'Accounts and passwords',
    note: '',
    texts: {
      REGISTRATION: '`false`: only operators add users',
      LANGUAGES:
        'The languages of answers, separated by commas: `en`, `de`, `fr`, `es`, `ar`. A caller gets the one that `Accept-Language` wants most, else the first. Without it: English',
      USER_ID_GAP:
        'How many user ids the service skips on another server or timeline of PostgreSQL, after a failover or a restore. Ids of lost writes are not given out again',
      PASSWORD_MIN_LENGTH:
        'Least characters of a new password, 8 to 128. The service refuses common passwords of any length',
      ARGON2_MEMORY_KIB:
        'Memory of argon2id in KiB (OWASP). A login replaces weaker hashes and those of Django',
      ARGON2_TIME_COST: 'Passes of argon2id',
      ARGON2_PARALLELISM: 'Lanes of argon2id',
      HASH_CONCURRENCY: {
        absent: 'cores + 2, at most 4; with `SIGNING_KEY` or `VERIFYING_KEYS` at most 3',
        text: "Password checks at once. Their threads have low priority (Linux). They are libuv's four, and share them with the signatures of these keys: raise `UV_THREADPOOL_SIZE` with it",
      },
      HASH_QUEUE: 'Password checks that wait; the next one gets 503',
    },
  },
  {
    title: 'Mail',
    note: '',
    names: Object.keys(mailSettingFields),
  },
  {
    title: 'Rate limits',
    note: 'An address is an IPv4 address or the first 64 bits of an IPv6 address. Its first 56 and 48 bits may do twice and four times as much.',
    names: Object.keys(limitSettingFields),
  },
  {
    title: 'Log, metrics, traces',
    note: '',
    texts: {
      LOG_LEVEL: 'The least level that the API logs',
      METRICS_PORT: {
        absent: 'none',
        text: "Where Prometheus reads the API's `/metrics`. Without a port the API counts nothing",
      },
      METRICS_HOST: 'Where the metrics listen',
      OTEL_EXPORTER_OTLP_ENDPOINT: {
        absent: 'none',
        text: 'A collector for traces, such as `http://localhost:4318`. Other settings `OTEL_EXPORTER_OTLP_…` mean what OpenTelemetry says, for example `…_HEADERS`',
      },
      OTEL_SERVICE_NAME: 'The name of the API in traces',
    },
  },
]
