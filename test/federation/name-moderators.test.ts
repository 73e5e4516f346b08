import { accountUri } from '#core/addresses'
import { changeRank } from '#core/groups/change-rank'
import { forgetDialect } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { answerObject } from '#federation/federation'
import { forgetReplies } from '#federation/herd-replies'
import type { Account } from '#core/accounts/account.model'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { group } from '#test/factories/group'
import { countQueries } from '#test/support/count-queries'
import { type RemoteActor, remoteActor, signedGet } from '#test/support/remote-actor'

let alice: Member
let tea: Account
let tube: RemoteActor
let lemmy: RemoteActor

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  tea = await group(alice)
  await forgetReplies(alice.ctx, { accountId: tea.id })
  ;[tube, lemmy] = await Promise.all([
    remoteActor('tube', 'tube.example'),
    remoteActor('lena', 'lemmy.example'),
  ])
  await Instance.bulkCreate([
    { domain: 'tube.example', software: 'peertube' },
    { domain: 'lemmy.example', software: 'lemmy' },
  ])
  for (const host of ['tube.example', 'lemmy.example']) forgetDialect(host)
})

const ask = (who: RemoteActor, { id }: Account, more = {}) =>
  answerObject(signedGet(who, `/users/${id}`), { mustBeSigned: false, ...more })
const seenBy = async (...asked: Parameters<typeof ask>) => JSON.parse((await ask(...asked))?.body ?? '{}')

test('groups-14: PeerTube reads who moderates a group, those of its host first, and all others where they are listed', async () => {
  const list = `${accountUri(tea)}/moderators`
  const me = { type: 'Person', id: accountUri(alice.account) }
  const before = await seenBy(lemmy, tea)
  expect(before.attributedTo).toBe(list)
  expect(await seenBy(tube, tea)).toEqual({ ...before, attributedTo: [me] })
  await follow(lemmy, tea)
  const wish = { groupId: tea.id, accountIds: [lemmy.account.id] }
  await as(alice, changeRank, { ...wish, role: 'moderator' })
  await as(alice, changeRank, { ...wish, role: 'owner' })
  expect((await seenBy(tube, tea)).attributedTo).toEqual([me, { type: 'Person', id: lemmy.uri }])
  expect((await seenBy(lemmy, tea)).attributedTo).toBe(list)
  const closed = await seenBy(tube, tea, { mustBeSigned: true })
  expect(closed.attributedTo).toEqual([me, { type: 'Person', id: lemmy.uri }])
})

test('groups-14: a member is the same to all, whatever is in the profile, and the document of a group that is kept costs no more than that', async () => {
  await alice.account.update({ noteHtml: '"type":"Group"' })
  const ours = await seenBy(lemmy, alice.account)
  expect(ours.summary).toBe('"type":"Group"')
  expect(await seenBy(tube, alice.account)).toEqual(ours)
  const costs = async (account: Account) => {
    for (const _ of [1, 2]) await ask(lemmy, account)
    await forgetReplies(alice.ctx, { accountId: account.id })
    return countQueries(() => ask(lemmy, account))
  }
  expect(await costs(tea)).toBe(await costs(alice.account))
})
