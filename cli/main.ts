import { Command } from 'commander'
import { loadFolder } from '#platform/load-folder'
import { CliCommand, WrongUsage } from './command.ts'

/**
 * Reads the command line and runs the command it names. `start` runs the servers until they are told to end; it comes from
 * the launcher, because this door knows neither server nor workers. Gives the exit code: 0 done, 1 failed, 2 wrong usage.
 */
export async function run(argv: readonly string[], start: () => Promise<void>): Promise<number> {
  const program = new Command('kith')
    .description('Runs and tends a Kith instance.')
    .exitOverride()
    .showHelpAfterError()
  const commands = await loadFolder(
    new URL('commands/', import.meta.url),
    (value) => value instanceof CliCommand,
  )
  program
    .command('start')
    .description('Start Kith: web, streaming and workers, or the part KITH_ROLE names.')
    .action(start)
  for (const { value } of commands) value.register(program)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    return exitCodeOf(error)
  }
}

function exitCodeOf(error: unknown): number {
  if (!Error.isError(error)) return 1
  if ('exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) {
    return error.exitCode === 0 ? 0 : 2
  }
  console.error(error.message)
  return error instanceof WrongUsage ? 2 : 1
}
