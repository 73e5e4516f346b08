import type { Id } from '#platform/ids'
import type { Visibility } from '../posts/post.model.ts'

/** How large a made-up community is to be. */
export type Size = { accounts: number; posts: number; follows: number }

/** Somebody who was thought up; `id` is given when they are written. */
export type Person = {
  id: Id
  username: string
  displayName: string
  note: string
  language: string
  isLocked: boolean
  isBot: boolean
  joinedAt: number
  following: number
  followers: number
  posts: number
  lastPostAt: number
}

/** Who follows whom, by number of person, and since when. */
export type FollowPlan = { follower: number; followed: number; at: number }

export const visibilities: readonly Visibility[] = ['public', 'unlisted', 'private']

/**
 * The structure of all posts, oldest first, as columns: a million of them fit in some 40 MB. Whatever points to a post
 * or a person is its number; -1 is none. What a post says is made up when it is written.
 */
export class PostPlan {
  readonly count: number
  readonly at: Float64Array
  readonly author: Int32Array
  readonly boostOf: Int32Array
  readonly replyTo: Int32Array
  readonly replyToAccount: Int32Array
  readonly thread: Int32Array
  readonly visibility: Uint8Array
  readonly replies: Int32Array
  readonly boosts: Int32Array
  readonly favourites: Int32Array
  /** Ids, filled in while posts are written. */
  readonly id: BigInt64Array

  constructor(count: number) {
    this.count = count
    this.at = new Float64Array(count)
    this.author = new Int32Array(count)
    this.boostOf = new Int32Array(count).fill(-1)
    this.replyTo = new Int32Array(count).fill(-1)
    this.replyToAccount = new Int32Array(count).fill(-1)
    this.thread = new Int32Array(count)
    this.visibility = new Uint8Array(count)
    this.replies = new Int32Array(count)
    this.boosts = new Int32Array(count)
    this.favourites = new Int32Array(count)
    this.id = new BigInt64Array(count)
  }

  /** The id of the post of that number, or null for none. */
  idOf(number: number): Id | null {
    return number < 0 ? null : String(this.id[number])
  }
}

const MONTHS = 9
export const SPAN = MONTHS * 30.4 * 86_400_000

/** A moment between `SPAN` ago and `now` in whole milliseconds, the nearer the likelier. `unit` is from 0 to 1. */
export const momentOf = (unit: number, now: number): number => Math.floor(now - SPAN * unit ** 2.4)
