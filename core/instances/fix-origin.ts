import { Conflict } from '#platform/errors'
import { Setting } from './setting.model.ts'

type Address = { origin: string; domain: string }

/**
 * Writes down at the first start what this instance is called, and from then on throws Conflict when it is called
 * otherwise: other servers know its accounts and posts by addresses that hold the origin, and would lose them all.
 */
export async function fixOrigin({ origin, domain }: Address): Promise<void> {
  const [{ value }] = await Setting.findOrCreate({
    where: { key: 'origin' },
    defaults: { key: 'origin', value: { origin, domain } },
  })
  const fixed = value as Address
  if (fixed.origin === origin && fixed.domain === domain) return
  throw new Conflict(
    `This instance was first started as ${fixed.origin} with handles @…@${fixed.domain}, and other servers know it so; ` +
      `it cannot become ${origin} with @…@${domain}. ` +
      `Set KITH_ORIGIN=${fixed.origin} and KITH_DOMAIN=${fixed.domain}, or begin anew with another KITH_DATA or DATABASE_URL.`,
  )
}
