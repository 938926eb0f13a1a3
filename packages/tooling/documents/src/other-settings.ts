interface OtherGroup {
  title: string
  note: string
  settings: { name: string; initial: string; text: string }[]
}

/** Settings that no schema declares. A test holds them against what the programs read. */
export const otherGroups: OtherGroup[] = [
  {
    title: 'Builds of the web app',
    note: '',
    settings: [
      {
        name: 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
        initial: 'a new one for each build',
        text: 'Set it at `pnpm build` if several builds serve one site, for example during a rolling update: otherwise one build refuses forms of the other. Make it with `openssl rand -base64 32`',
      },
    ],
  },
  {
    title: '`dev`, `start` and tests',
    note: '',
    settings: [
      { name: 'FLYERS_HOST', initial: '`127.0.0.1`', text: 'Where the flyers service listens' },
      { name: 'FLYERS_PORT', initial: '`8100`', text: 'Where the flyers service listens' },
      {
        name: 'FLYERS_METRICS_PORT',
        initial: 'none',
        text: 'Where the metrics of the flyers service listen',
      },
      {
        name: 'WORKER_METRICS_PORT',
        initial: 'none',
        text: 'Where the metrics of the worker listen',
      },
      {
        name: 'INBOX_PORT',
        initial: '`1080`',
        text: 'Where the inbox of `dev` shows mails. With `SMTP_URL` there is none',
      },
      { name: 'INBOX_SMTP_PORT', initial: '`1025`', text: 'Where the inbox of `dev` takes mails' },
      { name: 'DATA_DIR', initial: '`.data`', text: 'Where development keeps its data' },
      {
        name: 'TEST_DATABASE_URL',
        initial: 'none',
        text: 'A PostgreSQL for the tests, instead of one in memory',
      },
      {
        name: 'CITUS_DATABASE_URL',
        initial: 'none',
        text: 'A database of a coordinator of Citus, with its workers, for `pnpm test:citus`',
      },
      {
        name: 'CHROMIUM_PATH',
        initial: 'none',
        text: 'A Chromium for the tests, instead of the headless shell of npm',
      },
      {
        name: 'DOCS_SOURCE_URL',
        initial: 'none',
        text: 'Where the documentation site links to files of the repository, for example `https://git.example.com/pockitflyer/blob/main`',
      },
    ],
  },
]
