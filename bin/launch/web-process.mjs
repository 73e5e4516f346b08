/** One of several web processes: serves until its parent says `stop` or is gone. A Ctrl-C reaches the parent first. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)

try {
  const { startServer } = await import('../../server/main.ts')
  const server = await startServer()
  const stop = () => server.stop().finally(() => process.exit(0))
  process.on('message', stop)
  process.on('disconnect', stop)
  process.send({ ready: server.url })
} catch (error) {
  process.send({ failure: error.message }, () => process.exit(1))
}
