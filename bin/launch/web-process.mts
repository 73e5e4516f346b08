/** One of several web processes: serves until its parent says `stop` or is gone. A Ctrl-C reaches the parent first. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)

/** What it tells its parent: its address, or why it has none. */
export type Told = { ready: string } | { failure: string }

const tell = (told: Told, then = (): void => undefined): unknown => process.send!(told, then)

// The word may come while it still starts: then there is nobody to wait for.
let server: { url: string; stop(): Promise<void> } | undefined
const stop = (): unknown => (server ? server.stop().finally(() => process.exit(0)) : process.exit(0))
process.once('message', stop).once('disconnect', stop)

try {
  const { startServer } = await import('../../server/main.ts')
  server = await startServer()
  tell({ ready: server.url })
} catch (error) {
  tell({ failure: (error as Error).message }, () => process.exit(1))
}
