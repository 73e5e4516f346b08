import { connect } from 'node:net'
import { until } from './processes.mjs'
import { say, Stop } from './say.mjs'

const usualPorts = { DATABASE_URL: 5432, REDIS_URL: 6379 }

/** Where an address leads: a unix socket's path, or host and port. */
function targetOf(name, address) {
  if (address.startsWith('/')) return { path: address }
  const url = new URL(address)
  const folder = url.searchParams.get('host')
  const port = Number(url.searchParams.get('port') ?? (url.port || usualPorts[name]))
  if (folder?.startsWith('/')) return { path: `${folder}/.s.PGSQL.${port}` }
  return { host: (folder ?? url.hostname).replaceAll(/[[\]]/g, '') || 'localhost', port }
}

/** Why nothing can be reached there; undefined when something can. */
const refusal = (target) =>
  new Promise((resolve) => {
    const socket = connect({ ...target, timeout: 3000 })
    const done = (reason) => {
      socket.destroy()
      resolve(reason)
    }
    socket.on('connect', () => done(undefined))
    socket.on('timeout', () => done('no answer'))
    socket.on('error', (error) => done(error.code ?? error.message))
  })

/**
 * Whether a variable names a service of the operator's own; if so, waits until something answers there, as after a
 * restart of the machine. Throws a Stop that names the variable when nothing does.
 */
export async function isOutside(name, patience = 30_000) {
  const address = process.env[name]?.trim()
  if (!address) return false
  // The address itself is not shown: it may hold a password.
  if (!address.startsWith('/') && !URL.canParse(address))
    throw new Stop(`${name} is not an address that can be read.`)
  const target = targetOf(name, address)
  const place = target.path ?? `${target.host}:${target.port}`
  let reason = await refusal(target)
  if (!reason) return true
  say(`waiting for ${place} (${name}): ${reason}`)
  if (await until(async () => !(reason = await refusal(target)), patience)) return true
  throw new Stop(`nothing answers at ${place} (${reason}): start that service, or mend ${name}.`)
}
