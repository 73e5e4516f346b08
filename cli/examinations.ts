import { access, constants, stat } from 'node:fs/promises'
import { instance } from '#config/instance'
import { mail } from '#config/mail'
import { row } from '#platform/db'
import { mediaReport } from '#platform/media-report'
import { pendingMigrations } from '#platform/migrate'
import { openRedis, redis } from '#platform/redis'

/** How one thing stands, in a sentence that says what to do when it is not well. */
export type Finding = { area: string; verdict: 'ok' | 'warning' | 'failure'; says: string }

type Examination = () => Promise<Omit<Finding, 'area'>>

const ok = (says: string) => ({ verdict: 'ok', says }) as const
const warning = (says: string) => ({ verdict: 'warning', says }) as const
const failure = (says: string) => ({ verdict: 'failure', says }) as const

const examinations: Record<string, Examination> = {
  node: async () =>
    Number(process.versions.node.split('.')[0]) >= 24
      ? ok(`Node ${process.versions.node}`)
      : failure(`Node ${process.versions.node} is too old: start Kith by "npm start", which brings its own.`),

  postgresql: async () => {
    const found = await row<{ version: string }>({}, `SELECT current_setting('server_version') AS version`)
    const version = found?.version ?? '0'
    return Number.parseInt(version, 10) >= 14
      ? ok(`PostgreSQL ${version} answers`)
      : failure(`PostgreSQL ${version} is too old: 14 or newer is needed.`)
  },

  schema: async () => {
    const pending = await pendingMigrations()
    if (pending.length === 0) return ok('the schema is that of this version')
    return failure(`${pending.length} migrations have not run: run "kith migrate".`)
  },

  redis: async () => {
    await openRedis()
    const [, policy = ''] = (await redis.config('GET', 'maxmemory-policy')) as string[]
    if (policy === 'noeviction' || policy === '') return ok('Redis answers and forgets nothing by itself')
    return warning(`Redis may drop keys (${policy}): set "maxmemory-policy noeviction".`)
  },

  data: async () => {
    await access(instance.data, constants.R_OK | constants.W_OK)
    const mode = (await stat(instance.data)).mode & 0o777
    if ((mode & 0o077) === 0) return ok(`${instance.data} can be written and is its owner's alone`)
    return warning(`others can look into ${instance.data}: run "chmod 700 ${instance.data}".`)
  },

  address: async () => {
    if (instance.isSecure) return ok(`known as ${instance.origin}, with handles @…@${instance.domain}`)
    if (instance.allowPrivateAddresses) return ok(`known as ${instance.origin}: for this machine only`)
    return warning(`${instance.origin} has no TLS: put a proxy in front and set KITH_ORIGIN=https://…`)
  },

  mail: async () =>
    mail.smtp
      ? ok('mails go out by SMTP')
      : warning(`mails are only written to ${instance.data}/mail: set SMTP_URL to send them.`),

  media: async () => {
    const { level, versions, warnings } = await mediaReport()
    if (!level || !versions.ffmpeg) return failure(warnings.join(' '))
    if (warnings.length > 0) return warning(`${warnings.join(' ')} See docs/operating.md, Media.`)
    return ok(`media are decoded in ${level} of their own, video and sound by ffmpeg ${versions.ffmpeg}`)
  },
}

const because = (error: unknown): string =>
  Error.isError(error) ? error.message || error.name : String(error)

/** Looks at everything this instance stands on. What cannot be looked at counts as a failure. */
export const examineAll = (): Promise<Finding[]> =>
  Promise.all(
    Object.entries(examinations).map(async ([area, examine]) => {
      const { verdict, says } = await examine().catch((error: unknown) => failure(because(error)))
      return { area, verdict, says }
    }),
  )
