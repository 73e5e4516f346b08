import { Command } from 'commander'
import { loadFolder } from '#platform/load-folder'
import { CliCommand } from './command.ts'

/** Reads the command line and runs the command it names. Gives the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('kith')
    .description('Runs and tends a Kith instance.')
    .exitOverride()
    .showHelpAfterError()
  const commands = await loadFolder(
    new URL('commands/', import.meta.url),
    (value) => value instanceof CliCommand,
  )
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
  return 1
}
