import { Poll } from '#core/posts/polls/poll.model'
import type { Post } from '#core/posts/post.model'
import { homeFeed } from '#core/timelines/home-feed'
import { findAccount } from '#federation/find-account'
import type { Id } from '#platform/ids'
import { member, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { readPage } from './read-page.ts'
import type { StubServer } from './stub-server.ts'

/** Two members here, what they wrote, and another server whose people deal with them. */
export type Stage = {
  stub: StubServer
  alice: Member
  bob: Member
  /** Posts of alice, and one of bob with a poll. */
  own: Post[]
  poll: Post
  /** The follows that alice asked for, by the name of whom. */
  asked: Map<string, Id>
}

// One origin of time for all stages, so that they can be compared: long enough ago that nothing is of the future.
const BASE = Date.now() - 86_400_000

/** So many seconds after the beginning of the story that is told on every stage. */
export const storyTime = (seconds: number): Date => new Date(BASE + seconds * 1000)

const AUTHORS = 20
const OWN = 10

/** One of the people whom alice follows. */
export const authorAt = (at: number): string => `author${at % AUTHORS}`

/** Sets a stage; what is written on it has `name` in its names. So many people have been asked to be followed. */
export async function setStage(stub: StubServer, name: string, idols: number): Promise<Stage> {
  const [alice, bob] = await Promise.all([member(`alice${name}`), member(`bob${name}`)])
  const met = async (who: string) => {
    const account = await findAccount({ actor: { kind: 'kith' } }, stub.actor(who))
    if (!account) throw new Error(`${who} of ${stub.domain} is not found`)
    return account
  }
  const own: Post[] = []
  for (let at = 0; at < OWN; at += 1)
    own.push(await post(alice, { text: `own ${at}`, publishedAt: storyTime(at) }))
  const poll = await post(bob, { text: 'poll', publishedAt: storyTime(OWN) })
  await Poll.create({
    postId: poll.id,
    options: ['Tea', 'Milk'],
    tallies: [0, 0],
    votersCount: 0,
    expiresAt: new Date(Date.now() + 7 * 86_400_000),
  })
  for (let at = 0; at < AUTHORS; at += 1) await follow(alice, await met(authorAt(at)))
  const asked = new Map<string, Id>()
  for (let at = 0; at < idols; at += 1) {
    const { id } = await follow(alice, await met(`idol${at}`), 'pending')
    asked.set(`idol${at}`, id)
  }
  // A home that was read is kept up to date; one that was not is made when it is.
  await readPage(homeFeed(alice.ctx, { limit: 1 }))
  return { stub, alice, bob, own, poll, asked }
}
