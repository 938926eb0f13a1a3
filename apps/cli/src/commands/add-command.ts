import type { Command } from 'commander'
import { databaseSettings, describeSettings, type SettingName } from './settings-help.ts'

/** How a command is called and explained. */
export interface CommandHelp {
  /** The name and the arguments, as commander writes them: `show <email>`. */
  signature: string
  /** One line for the list of commands. */
  summary: string
  /** Whole sentences, for the help of this command. */
  description: string
  /** Command lines, with their effect if it is not plain. */
  examples: string[]
  /** The settings that it reads. Default: that of the database. */
  settings?: readonly SettingName[]
}

/** Adds a command that takes `--json`. */
export function addCommand(parent: Command, help: CommandHelp): Command {
  const { settings = databaseSettings } = help
  return parent
    .command(help.signature)
    .summary(help.summary)
    .description(help.description)
    .option('--json', 'print JSON for scripts on standard output, and everything else on standard error')
    .addHelpText('after', `\nExamples:\n${help.examples.map((example) => `  ${example}`).join('\n')}`)
    .addHelpText('after', settings.length === 0 ? '' : `\n${describeSettings(settings)}`)
}

/** The option that every command takes. */
export interface JsonOption {
  json?: boolean
}
