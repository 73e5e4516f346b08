import { accountUri, postUri } from '#core/addresses'
import { createPost } from '#core/posts/create-post'
import { fileReport } from '#core/moderation/file-report'
import { blockAccount } from '#core/relationships/block-account'
import { followAccount } from '#core/relationships/follow-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { react } from '#core/reactions/react'
import { moveActivity } from '#federation/activities'
import { deliver } from '#federation/deliveries'
import { answerObject } from '#federation/federation'
import { isJson, type Json } from '#federation/properties'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { NotFound } from '#platform/errors'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { type RemoteActor, remoteActor, signedGet } from '#test/support/remote-actor'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

let alice: Member
let ann: RemoteActor
let eve: RemoteActor
beforeEach(async () => {
  ;[{ alice }, ann, eve] = await Promise.all([
    cast('alice'),
    remoteActor('ann'),
    remoteActor('eve', 'eve.example'),
  ])
})

/** What went out since the start, by its id and the ids of what stands in it. */
async function sent(): Promise<Map<string, Json>> {
  await settle()
  return new Map((await sentActivities()).map((activity) => [String(activity.id), activity]))
}
const forgetLetters = () => rows({}, 'DELETE FROM outgoing_activities')
const fetched = async (asker: RemoteActor | undefined, id: string): Promise<Json | undefined> => {
  const request = signedGet(asker ?? ann, new URL(id).pathname)
  const { signature: _, ...bare } = request.headers
  try {
    const reply = await answerObject(asker ? request : { ...request, headers: bare })
    return JSON.parse(reply?.body ?? 'null') as Json
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

describe('federation rule 192: what was told can be fetched by those who were told', () => {
  test('a Follow and a Like, for as long as they stand, and by nobody else', async () => {
    await as(alice, followAccount, { accountId: ann.account.id })
    const note = await post(ann, { uri: `${ann.uri}/notes/1` })
    await as(alice, react, { postId: note.id })
    const letters = await sent()
    expect([...letters.values()].map(({ type }) => type).sort()).toEqual(['Follow', 'Like'])
    for (const [id, activity] of letters) {
      await forgetLetters()
      expect(await fetched(ann, id)).toEqual(activity)
      expect(await fetched(eve, id)).toBeUndefined()
      expect(await fetched(undefined, id)).toBeUndefined()
    }
    await as(alice, unfollowAccount, { accountId: ann.account.id })
    const gone = [...letters.keys()].find((id) => id.includes('/follows/'))!
    expect(await fetched(ann, gone)).toBeUndefined()
  })

  test('a request to quote, while the post stands', async () => {
    const quotePolicy = { automatic: ['public' as const], manual: [] }
    const note = await post(ann, { uri: `${ann.uri}/notes/1`, quotePolicy })
    await as(alice, createPost, { text: 'see this', quotedId: note.id })
    const request = [...(await sent()).values()].find(({ type }) => type === 'QuoteRequest')
    await forgetLetters()
    expect((await fetched(ann, String(request!.id)))?.object).toBe(note.uri)
    expect(await fetched(eve, String(request!.id))).toBeUndefined()
  })

  test('a post, its activity and all that stands in them', async () => {
    await follow(ann, alice)
    for (const visibility of ['public', 'private'] as const) {
      const { id } = await as(alice, createPost, { text: visibility, visibility })
      const activity = [...(await sent()).values()].find(
        ({ object }) =>
          isJson(object) && postUri({ id, uri: null, authorId: alice.account.id }) === object.id,
      )
      const object = activity!.object as Json
      expect((await fetched(ann, String(activity!.id)))?.id).toBe(activity!.id)
      expect((await fetched(ann, String(object.id)))?.content).toBe(object.content)
      for (const part of ['replies', 'likes', 'shares']) {
        const address = object[part]
        if (typeof address === 'string') expect((await fetched(ann, address))?.id).toBe(address)
      }
    }
  })

  test('a Flag and a Move while their letters are kept', async () => {
    await follow(ann, alice)
    const report = { postIds: [], comment: 'rude', category: 'other', ruleIds: [], forward: true } as const
    await as(alice, fileReport, { ...report, postIds: [], ruleIds: [], accountId: ann.account.id })
    const letters = await sent()
    const flag = [...letters.values()].find(({ type }) => type === 'Flag')!
    expect(await fetched(ann, String(flag.id))).toEqual(flag)
    expect(await fetched(eve, String(flag.id))).toBeUndefined()
    const activity = moveActivity(accountUri(alice.account), ann.uri, now())
    await deliver(alice.ctx, { activity, senderId: alice.account.id }, [`${ann.uri}/inbox`])
    const move = String(activity.id)
    expect((await fetched(ann, move))?.type).toBe('Move')
    expect(await fetched(eve, move)).toBeUndefined()
  })

  test('a block is nobody to be told of', async () => {
    await as(alice, blockAccount, { accountId: ann.account.id })
    const [{ id } = { id: '' }] = await rows<{ id: string }>({}, 'SELECT id FROM blocks')
    expect(await fetched(ann, `${accountUri(alice.account)}/blocks/${id}`)).toBeUndefined()
  })
})
