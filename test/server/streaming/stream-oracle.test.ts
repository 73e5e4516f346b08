import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import { boostPost } from '#core/posts/boost-post'
import type { Ctx } from '#core/ctx'
import { blockAccount } from '#core/relationships/block-account'
import { followAccount } from '#core/relationships/follow-account'
import { muteAccount } from '#core/relationships/mute-account'
import { unfollowAccount } from '#core/relationships/unfollow-account'
import { KithError } from '#platform/errors'
import { as, member, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client, makeToken } from '#test/support/client'
import { dice, rounds, seedOf } from '#test/support/fuzz'
import { settle } from '#test/support/settle'
import { closeAll, openSocket } from '#test/support/streams'

afterEach(closeAll)

const seed = seedOf(20_261_122)
const PEOPLE = 20
const SOCKETS = 200
const STEPS = rounds(120)
const streams = ['user', 'public', 'public:local', 'direct', 'hashtag&tag=bees'] as const

type Listener = { who: Member; stream: string; socket: Awaited<ReturnType<typeof openSocket>> }

async function listeners(people: Member[]): Promise<Listener[]> {
  const all: Listener[] = []
  for (let at = 0; all.length < SOCKETS; at += 1) {
    const who = people[at % people.length]!
    const stream = streams[Math.floor(at / people.length) % streams.length]!
    const socket = await openSocket(`?stream=${stream}`, { token: await makeToken(['read'], who) })
    all.push({ who, stream, socket })
  }
  for (const { socket } of all) await socket.done()
  return all
}

/** The post that a frame is about: by itself, in a notification, or as the last of a conversation. */
const postIn = (payload: { id: string; status?: { id: string }; last_status?: { id: string } }): string =>
  payload.status?.id ?? payload.last_status?.id ?? payload.id

/** What the API shows of a post to everybody at this moment, boosts included. */
async function readable(people: Member[], id: string): Promise<Map<string, boolean>> {
  const seen = await Promise.all(
    people.map(
      async (who) =>
        [who.account.id, (await client(who).get(`/api/v1/statuses/${id}`)).status === 200] as const,
    ),
  )
  return new Map(seen)
}

test(`PLEROMA-2.0.5: ${SOCKETS} streams show nobody a post that the API does not show them, whatever changes meanwhile (seed ${seed})`, async () => {
  const { pick, below } = dice(seed)
  const people: Member[] = []
  for (let at = 0; at < PEOPLE; at += 1) people.push(await member(`person${at}`))
  for (const one of people)
    for (const other of people) if (one !== other && below(100) < 40) await follow(one, other)
  await settle()
  const all = await listeners(people)
  const posts: { id: string; author: Member }[] = []
  const shown = new Map<string, Map<string, boolean>>()
  const wrong: string[] = []
  let frames = 0

  const quiet = async <I, O>(who: Member, verb: (ctx: Ctx, input: I) => Promise<O>, input: I) => {
    try {
      return await as(who, verb, input)
    } catch (error) {
      if (error instanceof KithError) return undefined
      throw error
    }
  }
  const publish = async () => {
    const author = pick(people)
    const visibility = pick(['public', 'unlisted', 'private', 'private', 'direct'])
    const text = `@${pick(people).account.username} zanzibar #bees`
    const made = await quiet(author, createPost, { text, visibility })
    if (made) posts.push({ id: made.id, author })
    return made?.id
  }
  const change = async () => {
    const found = posts.length > 0 ? pick(posts) : undefined
    const [one, other] = [pick(people), pick(people)]
    const accountId = other.account.id
    switch (below(8)) {
      case 0:
        return void (await quiet(one, unfollowAccount, { accountId }))
      case 1:
        return void (await quiet(one, blockAccount, { accountId }))
      case 2:
        return void (await quiet(one, muteAccount, { accountId }))
      case 3:
        return void (await quiet(one, followAccount, { accountId }))
      case 4:
        if (found) await quiet(found.author, editPost, { postId: found.id, text: 'zanzibar again #bees' })
        return found?.id
      case 5:
        return found && (await quiet(one, boostPost, { postId: found.id }))?.id
      case 6:
        if (found) await quiet(found.author, deletePost, { postId: found.id })
        return undefined
      default:
        return publish()
    }
  }

  for (let step = 0; step < STEPS; step += 1) {
    const touched = below(3) > 0 ? await publish() : await change()
    await settle()
    if (touched) shown.set(touched, await readable(people, touched))
    for (const { who, stream, socket } of all) {
      for (const frame of socket.frames.all.splice(0)) {
        if (!frame.payload?.includes('zanzibar') || frame.event === 'delete') continue
        frames += 1
        // A frame that comes late is measured by what held when it was sent.
        const id = postIn(JSON.parse(frame.payload))
        if (!shown.get(id)?.get(who.account.id))
          wrong.push(`${step}: ${stream} of ${who.account.username} got ${frame.event} ${id}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(frames).toBeGreaterThan(STEPS)
}, 240_000)
