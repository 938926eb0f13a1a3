import type { Described } from './setting-texts.ts'

/** The settings of the worker. It reads no key that signs tokens. */
export const workerTexts: Record<string, Described> = {
  DATABASE_URL: { absent: 'required', text: 'As for the API' },
  DATABASE_POOL_SIZE: 'Most connections of one worker, from 4 on',
  DATABASE_PREPARE: '`false` behind PgBouncer, as for the API: the worker then asks for jobs every second',
  SMTP_URL: {
    absent: 'none: the worker only prunes',
    text: 'The mail server: `smtp://user:password@host:587` with STARTTLS, or `smtps://…:465`. Mail goes over TLS only, with a certificate of that host, unless `?insecure` follows. Percent-encode `# / ? @ %` in a password',
  },
  SMTP_CONNECTIONS:
    'Mails that one worker sends at once, 1 to 20. If it is killed, so many at most are sent twice',
  MAIL_FROM: {
    absent: 'required with `SMTP_URL`',
    text: 'Whom mails come from: `accounts@example.com` or `Pockitflyer <accounts@example.com>`',
  },
  MAIL_REPLY_TO: { absent: 'none', text: 'Where answers go' },
  MAIL_BRAND: 'What mails call the product',
  MAIL_UNKNOWN: '`false`: an email without an account gets no mail that says so',
  PUBLIC_URL: {
    absent: 'required with `SMTP_URL`',
    text: 'The origin of the web app, with which links begin: `https://accounts.example.com`',
  },
  PRUNE_SESSIONS_AFTER: 'How many days after their end sessions are deleted, `1d` to `9999d`',
  PRUNE_EVENTS_AFTER: 'How many days events are kept',
  PRUNE_TOKENS_AFTER: 'How many days after their end the tokens of mailed links are deleted',
  PRUNE_MAILS_AFTER: 'How many days sent mails are kept in the outbox',
  WORKER_HOST: 'Where its probes listen',
  WORKER_PORT: 'Where its probes listen',
  LOG_LEVEL: 'The least level that it logs',
  METRICS_PORT: {
    absent: 'none',
    text: 'Where Prometheus reads its `/metrics`. `dev` and `start` set it to `WORKER_METRICS_PORT`',
  },
  METRICS_HOST: 'Where the metrics listen',
  OTEL_EXPORTER_OTLP_ENDPOINT: { absent: 'none', text: 'As for the API' },
  OTEL_SERVICE_NAME: 'The name of the worker in traces',
}

/** The settings of the flyers service, by the names that its process reads. */
export const flyersTexts: Record<string, Described> = {
  FLYERS_DATABASE_URL: {
    absent: 'required in production; in development `DATABASE_URL`',
    text: 'Where the service keeps its rows, in the PostgreSQL schema `flyers`. In production its role must differ from the one of `DATABASE_URL`, which reads every password hash',
  },
  API_URL: 'Where the account service listens',
  ISSUER: { absent: 'none', text: '`iss` that a token must have: what the account service is set to' },
  AUDIENCE: { absent: 'none', text: '`aud` that a token must have: what the account service is set to' },
  HOST: 'Where it listens. `dev` and `start` set it to `FLYERS_HOST`',
  PORT: 'Where it listens. `dev` and `start` set it to `FLYERS_PORT`',
  LOG_LEVEL: 'The least level that it logs',
  METRICS_PORT: {
    absent: 'none',
    text: 'Where Prometheus reads its `/metrics`. `dev` and `start` set it to `FLYERS_METRICS_PORT`',
  },
  METRICS_HOST: 'Where its metrics listen',
  OTEL_EXPORTER_OTLP_ENDPOINT: { absent: 'none', text: 'As for the API' },
  OTEL_SERVICE_NAME: 'Its name in traces. `dev` and `start` leave it at that',
}

/** The settings of the web app. */
export const webTexts: Record<string, Described> = {
  WEB_HOST: 'Where the web app listens',
  WEB_PORT: 'Where the web app listens',
  API_URL: 'Where the web app finds the API. `start` sets it to the API that it started',
  FLYERS_URL: {
    absent: 'none; with `dev` and `start`, the service that they started',
    text: 'Where the web app finds the flyers service. Without it, it shows no flyers',
  },
  HELP_URL: { absent: 'none', text: 'The link "Help" at the foot of each page: `https:` or `mailto:`' },
  TERMS_URL: { absent: 'none', text: 'The link "Terms" there: `https:`' },
  PRIVACY_URL: { absent: 'none', text: 'The link "Privacy" there: `https:`' },
  LANGUAGES:
    'The languages of the pages, as for the API, whose answers stay English without it. The foot of each page offers them; a reader who wants none of them gets the first',
  TRUSTED_PROXIES: { absent: 'none', text: 'As for the API' },
  KEEP_ALIVE_TIMEOUT: 'As for the API; at most a day',
  NODE_ENV: { absent: 'none', text: '`production`: cookies are `__Host-` and `Secure`' },
}
