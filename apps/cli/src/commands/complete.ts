import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

/**
 * Adds `auth complete SHELL`, which prints the script that completes commands, options and their
 * choices. Call it when every other command is there. A shell shows one line for each: the library
 * takes descriptions, so that the summaries stand in for them meanwhile.
 */
export function addCompleteCommand(program: Command): void {
  const commands = listCommands(program)
  const descriptions = commands.map((command) => command.description())
  for (const command of commands) command.description(command.summary())
  tab(program)
  for (const [index, command] of commands.entries()) command.description(descriptions[index] ?? '')
}

function listCommands({ commands }: Command): Command[] {
  return commands.flatMap((command) => [command, ...listCommands(command)])
}
