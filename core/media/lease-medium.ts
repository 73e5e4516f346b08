import { literal, Op } from 'sequelize'
import type { Ctx } from '../ctx.ts'
import { inSeconds, now } from '#platform/clock'
import { log } from '#platform/log'
import type { Id } from '#platform/ids'
import { Medium, type MediumState } from './medium.model.ts'

const SECONDS = 60
const BEAT = 20_000

/**
 * Takes a medium in one of these states to work on it alone, for a minute that `keepLease` lengthens. Gives undefined
 * when somebody else has it, or it is in another state by now.
 */
export async function leaseMedium(ctx: Ctx, id: Id, states: MediumState[]): Promise<Medium | undefined> {
  const [, [medium]] = await Medium.update(
    { state: 'processing', lease: literal('lease + 1'), leasedUntil: inSeconds(SECONDS) },
    {
      where: { id, state: states, leasedUntil: { [Op.or]: [{ [Op.is]: null }, { [Op.lte]: now() }] } },
      returning: true,
      transaction: ctx.tx ?? null,
    },
  )
  return medium
}

/** Works on a leased medium and lengthens the lease meanwhile. */
export async function keepLease<T>(medium: Medium, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => {
    endLease({}, medium, { leasedUntil: inSeconds(SECONDS) }).catch((error: Error) =>
      log.warn({ mediumId: medium.id, error: error.message }, 'a lease could not be lengthened'),
    )
  }, BEAT)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}

type Changes = Partial<Medium['_creationAttributes']>

/**
 * Writes how the work on a leased medium ended. Gives false, and writes nothing, when somebody else has taken it since:
 * what this holder made must not stand.
 */
export async function endLease(ctx: Pick<Ctx, 'tx'>, medium: Medium, changes: Changes): Promise<boolean> {
  const { id, lease } = medium
  const [count] = await Medium.update(changes, { where: { id, lease }, transaction: ctx.tx ?? null })
  return count > 0
}
