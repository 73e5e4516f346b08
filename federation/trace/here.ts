import { hostReport, type HostReport } from '#core/instances/host-report.queries'
import { flushRefusals } from '#core/instances/record-refusal'
import { rows, row } from '#platform/db'
import { findStoredAccount, findStoredPost } from '../find-stored.ts'
import { textOf } from '../properties.ts'
import { type Finding, look, ok, type Step, stop } from './step.ts'

/** Is it here already, and does something here keep it from being seen? */
export const storedStep: Step = {
  stage: 'stored',
  look: async ({ document, url }) => {
    const uri = textOf(document?.id) ?? url
    const [account, post] = await Promise.all([findStoredAccount(uri), findStoredPost(uri)])
    if (account?.suspendedAt) return stop('the account is suspended here', 'lift that if it shall be seen')
    if (account?.goneAt) return look('the account is marked as gone here', 'its next activity brings it back')
    if (account) return ok(`the account ${account.id}, fetched ${stamp(account.fetchedAt)}`)
    if (post) return ok(`the post ${post.id}`)
    if (uri && (await wasDeleted(uri)))
      return stop('its server told us that it was deleted', 'it does not come back under the same id')
    return look('it is not stored', 'search for it as a member, with its whole address, to fetch it')
  },
}

const wasDeleted = async (uri: string): Promise<boolean> =>
  (await row({}, 'SELECT 1 FROM tombstones WHERE uri = $1', [uri])) !== undefined

/** Does anybody here follow it? Otherwise its posts do not come by themselves. */
export const followersStep: Step = {
  stage: 'followers',
  look: async ({ document, url }) => {
    const uri = textOf(document?.id) ?? url
    const account = await findStoredAccount(uri)
    if (!account) return ok('not an account that is stored here')
    const found = await row<{ followers: number }>(
      {},
      `SELECT count(*)::int AS followers FROM follows AS f JOIN accounts AS a ON a.id = f.follower_id
       WHERE f.followed_id = $1 AND f.state = 'accepted' AND a.domain IS NULL`,
      [account.id],
    )
    if (found?.followers) return ok(`${found.followers} here follow it`)
    return look('nobody here follows it', 'its server sends its posts only to servers with followers')
  },
}

/** What of its server was refused at our inbox, and what was taken and could not be done. */
export const inboxStep: Step = {
  stage: 'inbox',
  look: async ({ host }) => {
    await flushRefusals()
    const [{ refusals }, dead] = await Promise.all([hostReport({}, host!), deadOf(host!)])
    const said = refusals.map(({ reason, count, lastAt }) => `${reason} ${count}×, last ${stamp(lastAt)}`)
    if (dead.length > 0)
      return look(
        `${dead.length} activities could not be done: ${dead[0]!.reason}`,
        '"kith queue dead --kind inbox"',
      )
    if (said.length === 0) return ok('nothing of its server was refused in two weeks')
    const reasons = refusals.map(
      ({ reason }) => inboxAdvice[reason] ?? 'its server sends what nobody may send',
    )
    return look(`refused: ${said.join('; ')}`, [...new Set(reasons)].join('; '))
  },
}

const inboxAdvice: Record<string, string> = {
  blocked: 'a rule here bars its domain',
  'foreign-id': 'it sent activities with ids of other servers',
  'too-many': 'it sent more than a host may send in five minutes, and was told to come again',
  'signature-unreachable': 'we could not fetch its keys: see the stages above',
  'signature-time': 'its clock or ours is wrong',
  'signature-missing': 'somebody posts there without signing',
  'signature-gone': 'the key or its owner is deleted there',
  'signature-mismatch': 'it signs with another key than it shows, or a proxy changes what it sends',
  'signature-host': 'a proxy changes the Host header: compare it with KITH_ORIGIN',
  'signature-digest': 'a proxy changes the body on the way',
}

const deadOf = (host: string): Promise<{ reason: string }[]> =>
  rows<{ reason: string }>(
    {},
    `SELECT last_error AS reason FROM owed_work WHERE kind = 'inbox' AND dead_at IS NOT NULL
       AND split_part(payload->'activity'->>'actor', '/', 3) = $1 ORDER BY dead_at DESC LIMIT 1000`,
    [host],
  )

/** What waits to be sent to its server, and whether it is left alone. */
export const queueStep: Step = {
  stage: 'queue',
  look: async ({ host }) => judgeQueue(await hostReport({}, host!)),
}

function judgeQueue({
  domain,
  state,
  waiting,
  dead,
  lastProblem,
  pausedUntil,
  unavailableAt,
}: HostReport): Finding {
  const more = `"kith federation host ${domain}" says more`
  if (unavailableAt)
    return stop(`its server is given up since ${stamp(unavailableAt)} (${lastProblem ?? 'no answer'})`, more)
  if (state === 'paused')
    return stop(
      `it is left alone until ${stamp(pausedUntil)} (${lastProblem ?? 'it asked for a pause'}); ${waiting} wait`,
      more,
    )
  if (dead > 0)
    return look(
      `${dead} deliveries to it are dead, ${waiting} wait`,
      '"kith queue dead --kind delivery" says why',
    )
  return ok(waiting === 0 ? 'nothing waits for its server' : `${waiting} deliveries wait for it`)
}

const stamp = (time: Date | null): string =>
  time ? time.toISOString().slice(0, 16).replace('T', ' ') : 'never'
