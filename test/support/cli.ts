import { run } from '#cli/main'

/** Runs a command line in this process and gives what it printed and its exit code. */
export async function kith(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' }
  const log = jest
    .spyOn(console, 'log')
    .mockImplementation((text: string) => void (printed.out += `${text}\n`))
  const error = jest
    .spyOn(console, 'error')
    .mockImplementation((text: string) => void (printed.err += `${text}\n`))
  try {
    const code = await run(words, () => Promise.reject(new Error('only the launcher can start servers')))
    return { code, ...printed }
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}
