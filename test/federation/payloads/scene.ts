import { instance } from '#config/instance'
import type { Account } from '#core/accounts/account.model'
import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { Follow } from '#core/relationships/follow.model'
import type { Json } from '#federation/properties'
import { findAccount } from '#federation/find-account'
import type { Id } from '#platform/ids'
import { cast, type Member } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { type Expectation, type Payload, replaced } from '#test/support/payloads'
import type { PayloadWorld } from '#test/support/payload-world'
import { sentActivities } from '#test/support/sent-activities'
import { settle } from '#test/support/settle'

/** A status, an account or a list of them, as an app gets it. */
export type Body = ReturnType<typeof JSON.parse>

/** A payload on its way in: `bea` is the member it concerns, by whose app everything is looked at. */
export class Scene {
  readonly world: PayloadWorld
  readonly bea: Member
  json: Json
  expect: Expectation
  readonly app: ReturnType<typeof client>

  constructor(world: PayloadWorld, bea: Member, { json, expect }: Pick<Payload, 'json' | 'expect'>) {
    this.world = world
    this.bea = bea
    this.json = json
    this.expect = expect
    this.app = client(bea)
  }

  get beaUri(): string {
    return accountUri(this.bea.account)
  }

  /** Puts things of ours in the place of those that the payload speaks of. */
  mean(ours: Record<string, string>): void {
    const map = new Map(Object.entries(ours))
    this.json = replaced(this.json, map)
    this.expect = replaced(this.expect, map)
  }

  /** A post by bea in the place of that one; gives its id. */
  async meanPost(uri: string, draft: Parameters<typeof post>[1] = {}): Promise<Id> {
    const { id, authorId } = await post(this.bea, draft)
    this.mean({ [uri]: postUri({ id, authorId, uri: null }) })
    return id
  }

  /** Delivers an activity and does what follows; gives a flaw when it was not taken. */
  async deliver(activity: Json = this.json): Promise<string[]> {
    const { status, text } = await this.world.post(activity)
    await settle()
    return status === 202 ? [] : [`the inbox answered ${status} ${text}`]
  }

  /** Who is elsewhere, fetched as when somebody meets them. */
  async meet(uri: string): Promise<Account> {
    const found = await findAccount(this.bea.ctx, uri)
    if (!found) throw new Error(`${uri} cannot be met`)
    return found
  }

  /** Bea follows that account. */
  async follow(uri: string, state: 'accepted' | 'pending' = 'accepted'): Promise<Follow> {
    const { id } = await this.meet(uri)
    return Follow.create({ followerId: this.bea.account.id, followedId: id, state })
  }

  /** The activities of a type that were sent to other servers. */
  sent = sentActivities

  get = async (path: string): Promise<Body> => (await this.app.get(path)).body

  /** What stands at that id, as bea's app shows it. */
  async status(uri: string): Promise<Body> {
    const found = await Post.findOne({ where: { uri }, attributes: ['id'] })
    return found ? this.get(`/api/v1/statuses/${found.id}`) : undefined
  }
}

const sample = /"https:\/\/kith\.example\/users\/bea(?:\/posts\/(\d+))?"/g

/** Begins a scene with the payload, in which the names of this instance stand for what is here. */
export async function begin(world: PayloadWorld, payload: Payload): Promise<Scene> {
  const { bea } = await cast('bea')
  // One of them was captured on the very address that tests run at.
  const elsewhere = JSON.stringify(payload).replaceAll(instance.origin, 'http://elsewhere.example')
  const scene = new Scene(world, bea, JSON.parse(elsewhere) as Payload)
  const spoken = [...elsewhere.matchAll(sample)]
  for (const number of new Set(spoken.flatMap(([, number]) => number ?? [])))
    await scene.meanPost(`https://kith.example/users/bea/posts/${number}`, {
      quotePolicy: { automatic: ['public'], manual: [] },
      ...pollOf(payload.expect),
    })
  scene.mean({ 'https://kith.example/users/bea': scene.beaUri })
  return scene
}

/** The poll of bea that a vote is for. */
export const pollOf = ({ choices }: Expectation) =>
  Array.isArray(choices)
    ? { poll: { options: [...choices.map(String), 'none of these'], isMultiple: true, expiresAt: null } }
    : {}

/** Each difference between what is wanted and what is there; what is not wanted in particular is free. */
export const differences = (pairs: Record<string, readonly [wanted: unknown, found: unknown]>): string[] =>
  Object.entries(pairs).flatMap(([name, [wanted, found]]) =>
    wanted === undefined || JSON.stringify(wanted) === JSON.stringify(found)
      ? []
      : [`${name}: ${JSON.stringify(wanted)} is wanted, ${JSON.stringify(found)} is there`],
  )

export const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted()
