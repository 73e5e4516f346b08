import { addAlias } from '#core/accounts/add-alias'
import { cancelMove } from '#core/accounts/cancel-move'
import { movesOf } from '#core/accounts/move.queries'
import { removeAlias } from '#core/accounts/remove-alias'
import { moveAway } from '#core/auth/move-away'
import { Invalid, NotFound } from '#platform/errors'
import { takeLimit } from '#server/middleware/rate-limits'
import { paramsOf } from '#server/middleware/read-body'
import { pages } from '#server/pages/pages'
import { paths } from '#server/pages/paths'
import { personOnly } from '#server/pages/person-only'
import { refusal, textsOf } from '#server/pages/refusals'
import { movePage, type MoveView } from '#server/pages/views/move'
import type { Visit } from '#server/pages/visit'
import { words } from '#server/pages/words'

const say = words.move
const notices: Record<string, string> = { added: say.added, removed: say.removed, back: say.wasBack }

async function show(visit: Visit, more: Partial<MoveView> = {}): Promise<string> {
  personOnly(visit)
  const { aliases, movedTo } = await movesOf(visit.ctx)
  const shown = aliases.map(({ uri, acct }) => ({ uri, handle: acct && `@${acct}` }))
  return movePage(visit.site, { aliases: shown, movedTo: movedTo && `@${movedTo}`, ...more })
}

/** Does what a form asks, then shows the page anew; shows it with what is wrong when that was refused. */
async function tried(
  visit: Visit,
  done: string,
  values: NonNullable<MoveView['values']>,
  work: () => Promise<void>,
): Promise<string | undefined> {
  const { userId } = personOnly(visit)
  try {
    await takeLimit('resolves', userId)
    await work()
  } catch (error) {
    const told = error instanceof NotFound ? new Invalid(say.unknown) : error
    return show(visit, { values, errors: refusal(visit, told) })
  }
  visit.res.redirect(303, `${paths.move}?done=${done}`)
  return undefined
}

export default pages((r) => {
  r.get(paths.move, (visit) => {
    const text = notices[String(visit.req.query.done ?? '')]
    return show(visit, text ? { notice: text } : {})
  })

  r.post(`${paths.move}/add`, (visit) => {
    const { alias } = textsOf(paramsOf(visit.req), 'alias')
    return tried(visit, 'added', { alias }, () => addAlias(visit.ctx, { acct: alias.trim() }))
  })

  r.post(`${paths.move}/remove`, (visit) => {
    const { uri } = textsOf(paramsOf(visit.req), 'uri')
    return tried(visit, 'removed', {}, () => removeAlias(visit.ctx, { uri }))
  })

  r.post(`${paths.move}/away`, (visit) => {
    const { target, password } = textsOf(paramsOf(visit.req), 'target', 'password')
    const farewell = { acct: target.trim(), password, ip: visit.req.ip ?? '' }
    return tried(visit, 'away', { target }, () => moveAway(visit.ctx, farewell))
  })

  r.post(`${paths.move}/back`, (visit) => tried(visit, 'back', {}, () => cancelMove(visit.ctx)))
})
