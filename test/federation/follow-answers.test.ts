import { accountUri } from '#core/addresses'
import { followAccount } from '#core/relationships/follow-account'
import { Follow } from '#core/relationships/follow.model'
import { as, cast, type Member } from '#test/factories/account'
import { activityOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  ann = await remoteActor('ann')
})

test('follow-requests-06: a Follow of a suspended member is rejected', async () => {
  await alice.account.update({ suspendedAt: new Date() })
  const follow = activityOf(ann, 'Follow', accountUri(alice.account))
  await tell(ann, follow)
  expect(await Follow.count()).toBe(0)
  expect(await sentActivities()).toEqual([
    expect.objectContaining({ type: 'Reject', object: expect.objectContaining({ id: follow.id }) }),
  ])
})

test('undo-01, federation rule 65: who takes back the Accept of a follow ends it, and nobody else can', async () => {
  await as(alice, followAccount, { accountId: ann.account.id })
  await settle()
  const [follow] = await sentActivities()
  const accept = activityOf(ann, 'Accept', follow)
  await tell(ann, accept)
  const states = async () => (await Follow.findAll()).map(({ state }) => state)
  expect(await states()).toEqual(['accepted'])
  const eve = await remoteActor('eve', 'eve.example')
  await tell(eve, activityOf(eve, 'Undo', accept))
  await tell(eve, activityOf(eve, 'Undo', { ...accept, actor: eve.uri }))
  expect(await states()).toEqual(['accepted'])
  await tell(ann, activityOf(ann, 'Undo', accept))
  expect(await states()).toEqual([])
})
