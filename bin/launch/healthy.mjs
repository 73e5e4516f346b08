import { isOutside } from './outside.mjs'
import { explain, Stop } from './say.mjs'

/** For a container's health check: a server answers `/health`; a worker, which listens nowhere, can reach what it works on. */
async function assertHealthy() {
  if (process.env.KITH_ROLE?.trim() === 'worker') {
    await Promise.all([isOutside('DATABASE_URL', 0), isOutside('REDIS_URL', 0)])
    return
  }
  const { status } = await fetch(`http://127.0.0.1:${process.env.PORT?.trim() || 3000}/health`)
  if (status !== 200) throw new Stop(`/health answers ${status}.`)
}

process.exit(await assertHealthy().then(() => 0, explain))
