import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { deployFolder, repository } from './build.ts'
import { type Program, startCommand } from './program.ts'

const read = (path: string) => readFileSync(join(deployFolder, 'systemd', path), 'utf8')

/** `DynamicUser=yes` takes one of 61184 to 65519, of which /etc/passwd knows none. */
const dynamicUser = 61_184

/**
 * Where the pages say `/opt` and `/etc/pockitflyer`. Nothing else of their lines and of the units
 * is replaced.
 */
export function createPlace(home: string) {
  const inPlace = (text: string) =>
    text.replaceAll('/opt/', `${home}/opt/`).replaceAll('/etc/pockitflyer', `${home}/etc`)
  mkdirSync(join(home, 'opt'))
  mkdirSync(join(home, 'etc'))
  return {
    link: inPlace('/opt/pockitflyer'),
    writeSettings(name: string, settings: Record<string, string>): void {
      const lines = Object.entries(settings).map(([key, value]) => `${key}='${value}'\n`)
      writeFileSync(join(home, 'etc', `${name}.env`), lines.join(''), { mode: 0o600 })
    },
    /** Runs a line of the runbook in a shell, after its function `accounts`. */
    run(line: string): string {
      const script = inPlace(`${accountsFunction}\n${line}`)
      return execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    },
    /**
     * Starts `ExecStart` of a unit with its variables, in its folder, as a dynamic user. The rest
     * of the drop-in is systemd's: `systemd-analyze` judges it.
     */
    start(name: string): Program {
      const unit = inPlace(
        `${read(`pockitflyer-${name}.service`)}\n${read('pockitflyer-.service.d/hardening.conf')}`,
      )
      const valueOf = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? ''
      const own = valueOf('Environment').replace('%C/%N', '/tmp/cache').replaceAll(' ', '\n')
      const env = parseEnv(`${own}\n${readFileSync(valueOf('EnvironmentFile'), 'utf8')}`)
      return startCommand(valueOf('WorkingDirectory'), valueOf('ExecStart').split(' '), {
        env,
        user: dynamicUser,
      })
    },
  }
}

const runbook = readFileSync(join(repository, 'apps/docs/runbook.md'), 'utf8')
const accountsFunction = /^accounts\(\) .*$/m.exec(runbook)?.[0] ?? ''

/** The line of a section of the runbook that begins with this command. */
export function lineOf(section: string, command: string): string {
  const [, text = ''] = runbook.split(`## ${section}\n`)
  return new RegExp(`^${command} .*$`, 'm').exec(text)?.[0] ?? ''
}
