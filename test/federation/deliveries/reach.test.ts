import { endAccount } from '#core/accounts/end-account'
import { accountUri, postUri } from '#core/addresses'
import { createFilter } from '#core/filters/create-filter'
import { DomainRule } from '#core/instances/domain-rule.model'
import { boostPost } from '#core/posts/boost-post'
import { createPost } from '#core/posts/create-post'
import { editPost } from '#core/posts/edits/edit-post'
import { closePolls } from '#core/posts/polls/close-polls'
import { react } from '#core/reactions/react'
import { blockAccount } from '#core/relationships/block-account'
import { unblockAccount } from '#core/relationships/unblock-account'
import { deliverBlock, deliverUnblock } from '#federation/deliveries/block'
import { muteAccount } from '#core/relationships/mute-account'
import { inSeconds, shiftClock } from '#platform/clock'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, remoteActor, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

let alice: Member
let bob: Member
beforeEach(async () => ({ alice, bob } = await cast('alice', 'bob')))
afterEach(() => shiftClock(0))

/** What is owed since the last look: `Create https://one.example/inbox`, in order of inboxes. */
async function owed(): Promise<string[]> {
  await settle()
  const found = await rows<{ type: string; inbox: string }>(
    {},
    `SELECT o.type, w.payload->>'inbox' AS inbox FROM owed_work AS w
       JOIN outgoing_activities AS o ON o.id = (w.payload->>'activityId')::bigint
     WHERE w.kind = 'delivery' ORDER BY o.id, inbox`,
  )
  await rows({}, `DELETE FROM owed_work WHERE kind = 'delivery'`)
  return found.map(({ type, inbox }) => `${type} ${inbox}`)
}

test('federation rules 132, 168 and 169: what followers may see goes to their servers and to whom it names, once to each', async () => {
  const [ann, abe, dan, eve] = await Promise.all([
    stranger('ann', 'one.example'),
    stranger('abe', 'one.example'),
    stranger('dan', 'dan.example'),
    stranger('eve', 'eve.example', { sharedInboxUrl: null }),
  ])
  await stranger('nobody', 'no.example')
  for (const each of [ann, abe, eve, bob.account]) await follow(each, alice.account)
  await follow(await stranger('asks', 'asks.example'), alice.account, 'pending')
  await follow(await stranger('refused', 'bad.example'), alice.account)
  await DomainRule.create({ domain: 'bad.example', severity: 'suspend' })
  const text = 'hi @dan@dan.example @ann@one.example @bob @alice'
  for (const visibility of ['private', 'unlisted', 'public']) {
    await as(alice, createPost, { text, visibility })
    expect(await owed()).toEqual([
      'Create https://dan.example/inbox',
      'Create https://eve.example/users/eve/inbox',
      'Create https://one.example/inbox',
    ])
  }
  expect(dan.sharedInboxUrl).toBe('https://dan.example/inbox')
})

test('federation rules 133 and 169: a direct message goes to the very inboxes of the people it names, and nowhere else', async () => {
  const [ann] = [await stranger('ann', 'one.example'), await stranger('abe', 'one.example')]
  for (const each of [ann, await stranger('dan', 'dan.example')]) await follow(each, alice.account)
  await as(alice, createPost, { text: 'psst @ann@one.example @abe@one.example', visibility: 'direct' })
  expect(await owed()).toEqual([
    'Create https://one.example/users/abe/inbox',
    'Create https://one.example/users/ann/inbox',
  ])
})

test('federation rule 168: whom the sender blocks gets nothing, named or answered', async () => {
  const dan = await stranger('dan', 'dan.example')
  await follow(dan, alice.account)
  await as(alice, blockAccount, { accountId: dan.id })
  await owed()
  await as(alice, createPost, { text: 'about @dan@dan.example' })
  expect(await owed()).toEqual([])
})

test('federation rule 186: a like goes to the author alone, a boost to followers too, and nothing else is told', async () => {
  const [ann, fay] = [await stranger('ann', 'one.example'), await stranger('fay', 'fay.example')]
  await follow(fay, alice.account)
  await follow(await stranger('zoe', 'zoe.example'), ann)
  const liked = await post(ann, { uri: 'https://one.example/notes/1' })
  await as(alice, react, { postId: liked.id })
  expect(await owed()).toEqual(['Like https://one.example/users/ann/inbox'])
  await as(alice, boostPost, { postId: liked.id })
  expect(await owed()).toEqual(['Announce https://fay.example/inbox', 'Announce https://one.example/inbox'])
  const own = await post(bob)
  await owed()
  const ray = await remoteActor('ray')
  await tell(ray, activityOf(ray, 'Like', postUri(own)))
  await as(alice, react, { postId: own.id })
  expect(await owed()).toEqual([])
})

test('federation rule 149: mutes and filters are told to nobody', async () => {
  const ann = await stranger('ann', 'one.example')
  await follow(ann, alice.account)
  await follow(alice.account, ann)
  await as(alice, muteAccount, { accountId: ann.id })
  await as(alice, createFilter, { title: 'tea', contexts: ['home'], keywords: [{ keyword: 'tea' }] })
  expect(await owed()).toEqual([])
})

test('federation rule 187: an edit goes to all who got the post, and to those whom it adds', async () => {
  const names = ['fay', 'dan', 'new'] as const
  const [fay] = await Promise.all(names.map((name) => stranger(name, `${name}.example`)))
  await follow(fay!, alice.account)
  const { id } = await as(alice, createPost, { text: 'for @dan@dan.example' })
  await owed()
  await as(alice, editPost, { postId: id, text: 'for @new@new.example' })
  expect(await owed()).toEqual(names.map((name) => `Update Note https://${name}.example/inbox`).toSorted())
})

test('polls-05, federation rule 188: no vote is passed on at once; counts go out minutes after votes, and at the end', async () => {
  const ann = await remoteActor('ann', 'one.example')
  await follow(await stranger('fay', 'fay.example'), alice.account)
  const poll = { options: ['tea', 'coffee'], isMultiple: false, expiresAt: inSeconds(600) }
  const asked = await post(alice, { poll })
  await owed()
  const vote = {
    id: `${ann.uri}#votes/1`,
    type: 'Note',
    name: 'tea',
    attributedTo: ann.uri,
    inReplyTo: postUri(asked),
    to: [accountUri(alice.account)],
  }
  await tell(ann, activityOf(ann, 'Create', vote))
  const second = await remoteActor('abe', 'one.example')
  const other = { ...vote, id: `${second.uri}#votes/1`, attributedTo: second.uri, name: 'coffee' }
  await tell(second, activityOf(second, 'Create', other))
  expect(await owed()).toEqual([])
  const told = ['Update Question https://fay.example/inbox', 'Update Question https://one.example/inbox']
  const waiting = `payload->>'name' = 'poll.counted'`
  const [wait, ...more] = await rows<{ seconds: number }>(
    {},
    `SELECT extract(epoch FROM due_at - created_at)::int AS seconds FROM owed_work WHERE ${waiting}`,
  )
  expect(more).toEqual([])
  expect(wait!.seconds).toBeGreaterThan(170)
  await rows({}, `UPDATE owed_work SET due_at = now() WHERE ${waiting}`)
  expect(await owed()).toEqual(told)
  expect(await owed()).toEqual([])
  shiftClock(601_000)
  await closePolls(alice.ctx)
  expect(await owed()).toEqual(told)
})

test('federation rule 185: the end of an account goes to every server that was ever met', async () => {
  await follow(await stranger('fay', 'fay.example'), alice.account)
  await stranger('ann', 'one.example')
  await stranger('abe', 'one.example')
  await stranger('lone', 'lone.example', { sharedInboxUrl: null })
  await endAccount(alice.ctx, { accountId: alice.account.id })
  expect((await owed()).filter((each) => each.startsWith('Delete'))).toEqual([
    'Delete https://fay.example/inbox',
    'Delete https://lone.example/users/lone/inbox',
    'Delete https://one.example/inbox',
  ])
})

test('federation rule 147: a block is told by the end of the follows alone, unless the operator wants it told', async () => {
  const ann = await stranger('ann', 'one.example')
  await follow(ann, alice)
  await follow(alice, ann)
  await as(alice, blockAccount, { accountId: ann.id })
  const inbox = 'https://one.example/users/ann/inbox'
  expect((await owed()).sort()).toEqual([`Reject ${inbox}`, `Undo Follow ${inbox}`])
  await as(alice, unblockAccount, { accountId: ann.id })
  expect(await owed()).toEqual([])
  const fact = { blockId: '7', blockerId: alice.account.id, blockedId: ann.id }
  await deliverBlock(alice.ctx, fact, { tellsOfBlocks: true })
  expect(await owed()).toEqual([`Block ${inbox}`])
  await deliverUnblock(alice.ctx, fact, { tellsOfBlocks: true })
  expect(await owed()).toEqual([`Undo Block ${inbox}`])
})
