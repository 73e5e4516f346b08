import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** Asks the system for a port that nobody has; `wish` when that one is free. */
const freePort = (wish, host) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(freePort(0, host)))
    probe.listen(wish, host, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

/**
 * PORT=0 is decided before the configuration is read, because the port is part of the instance's name when no origin is
 * given; the same data folder gets the same port again.
 */
export async function choosePort() {
  if (process.env.PORT?.trim() !== '0') return
  const file = join(process.env.KITH_DATA, 'port')
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  process.env.PORT = String(await freePort(before, process.env.HOST?.trim() || '127.0.0.1'))
  if (existsSync(process.env.KITH_DATA)) writeFileSync(file, process.env.PORT)
}
