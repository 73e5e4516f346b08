/** One of several web processes: serves until its parent says `stop` or is gone. A Ctrl-C reaches the parent first. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)

/** What it tells its parent: its address, or why it has none. */
export type Told = { ready: string } | { failure: string }

const tell = (told: Told, then = (): void => undefined): unknown => process.send!(told, then)

// From the first moment: the word may come while it still starts.
const stopped = new Promise((resolve) => process.once('message', resolve).once('disconnect', resolve))

try {
  const { startServer } = await import('../../server/main.ts')
  const server = await startServer()
  tell({ ready: server.url })
  await stopped
  await server.stop().finally(() => process.exit(0))
} catch (error) {
  tell({ failure: (error as Error).message }, () => process.exit(1))
}
