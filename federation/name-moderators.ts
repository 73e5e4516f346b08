import { accountUri, parseOurs } from '#core/addresses'
import { moderatorsOf } from '#core/groups/group.queries'
import { dialectAt } from '#core/instances/dialect'
import { claimedHost } from './find-signer.ts'
import { isJson, textOf } from './properties.ts'
import type { Reply } from './reply.ts'
import type { RequestSnapshot } from './signatures/signature.ts'

/**
 * The document of a group as it is served, for PeerTube with its moderators in place of the address of their list: it wants people, those
 * of the group's own host first (wire 18.1, feature groups-14). Whatever else is served stays as it is. What anybody may read is told,
 * so who asks need not be proven.
 */
export async function nameModerators(request: RequestSnapshot, reply: Reply): Promise<Reply> {
  const host = reply.body.includes('"type":"Group"') ? claimedHost(request) : undefined
  if (!host || (await dialectAt(host)) !== 'peertube') return reply
  const group: unknown = JSON.parse(reply.body)
  const ours = isJson(group) && group.attributedTo ? parseOurs(textOf(group.id) ?? '') : undefined
  if (!isJson(group) || !ours || !('accountId' in ours)) return reply
  const moderators = await moderatorsOf({}, ours.accountId)
  const here = moderators.toSorted((a, b) => Number(a.uri !== null) - Number(b.uri !== null))
  if (here.length === 0) return reply
  const attributedTo = here.map((each) => ({ type: 'Person', id: accountUri(each) }))
  return { ...reply, body: JSON.stringify({ ...group, attributedTo }) }
}
