import { Command, Option } from 'commander'
import { casesDir, readCases, recordCases } from './cases.ts'
import { diff } from './diff.ts'
import { rules } from './intended.ts'
import { askForCase, replay, type Server } from './replay.ts'
import { createSender } from './send.ts'

/** The contract's tool: the one file of this package that reads the environment. */
const program = new Command('contract').description('Compares an account service with the recorded contract.')

const secretKeyOption = new Option('--secret-key <key>', 'the key that the service signs with')
  .env('SECRET_KEY')
  .default('oracle-secret-key-that-is-long-enough-for-hs256-0123456789')

const say = (text: string) => process.stdout.write(`${text}\n`)

program
  .command('replay')
  .description('Replays the recorded cases against a service and prints each answer that differs.')
  .argument('<url>', 'where the service is')
  .addOption(secretKeyOption)
  .option('--cases <dir>', 'the folder of the cases', casesDir)
  .action(async (url: string, options: { secretKey: string; cases: string }) => {
    const sender = createSender(url)
    const cases = readCases(options.cases)
    const mismatches = await replay({ sender, secretKey: options.secretKey }, cases)
    sender.close()
    for (const { name, expected, actual } of mismatches) {
      say(`${name}\n  expected ${JSON.stringify(expected)}\n  actual   ${JSON.stringify(actual)}`)
    }
    say(`${cases.length - mismatches.length} of ${cases.length} cases are answered as recorded`)
    if (mismatches.length > 0) process.exitCode = 1
  })

program
  .command('record')
  .description('Records the answers of a service into the cases, but for those that differ on purpose.')
  .argument('<url>', 'where the service is')
  .addOption(secretKeyOption)
  .option('--cases <dir>', 'the folder of the cases', casesDir)
  .action(async (url: string, options: { secretKey: string; cases: string }) => {
    const sender = createSender(url)
    const ask = askForCase.bind(undefined, { sender, secretKey: options.secretKey })
    const count = await recordCases(options.cases, ask)
    sender.close()
    say(`${count} answers are recorded`)
  })

program
  .command('diff')
  .description('Sends random requests to two services and prints each difference that is not intended.')
  .argument('<django>', 'where the Django service is')
  .argument('<ours>', 'where this service is')
  .addOption(secretKeyOption)
  .option('--requests <count>', 'how many requests to compare', Number, 10_000)
  .option('--seed <number>', 'where the random numbers begin', Number, Date.now() % 1_000_000)
  .option('--parallel <count>', 'how many requests at once', Number, 6)
  .action(async (django: string, ours: string, options: DiffCommandOptions) => {
    const servers = { django: serverAt(django, options), ours: serverAt(ours, options) }
    say(`seed ${options.seed}`)
    const { compared, intended, unexplained } = await diff(servers, options)
    servers.django.sender.close()
    servers.ours.sender.close()
    say(`${compared} requests are compared`)
    for (const { name, reason } of rules) say(`  ${intended.get(name) ?? 0} ${name}: ${reason}`)
    for (const { exchange, django, ours } of unexplained) {
      say(
        `\n${JSON.stringify(exchange)}\n  Django ${JSON.stringify(django)}\n  ours   ${JSON.stringify(ours)}`,
      )
    }
    say(`${unexplained.length} differences are not intended`)
    if (unexplained.length > 0) process.exitCode = 1
  })

interface DiffCommandOptions {
  secretKey: string
  requests: number
  seed: number
  parallel: number
}

function serverAt(url: string, { secretKey }: { secretKey: string }): Server {
  return { sender: createSender(url), secretKey }
}

await program.parseAsync()
