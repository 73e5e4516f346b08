import { say } from './say.mjs'

const often = { times: 5, within: 600_000 }

/**
 * Looks every second whether the services still run and starts again what has ended. Gives up, and ends Kith, when that
 * happens too often. Gives a function that stops looking.
 */
export function keepAlive(services) {
  const deaths = []
  let isBusy = false
  const revive = async (service) => {
    deaths.push(Date.now())
    const recent = deaths.filter((time) => time > Date.now() - often.within)
    if (recent.length > often.times) throw new Error(`it has ended ${recent.length} times in ten minutes`)
    say(`${service.name} ended unexpectedly; starting it again`)
    await services.restart(service)
  }
  const look = async () => {
    if (isBusy) return
    isBusy = true
    for (const service of services.dead()) {
      await revive(service).catch((error) => {
        say(`${service.name} stays down: ${error.message}. Kith ends.`)
        clearInterval(timer)
        process.exitCode = 1
        process.kill(process.pid, 'SIGTERM')
      })
    }
    isBusy = false
  }
  const timer = setInterval(() => void look(), 1000)
  return () => clearInterval(timer)
}
