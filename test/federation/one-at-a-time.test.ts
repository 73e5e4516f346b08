import { setTimeout as sleep } from 'node:timers/promises'
import { Post } from '#core/posts/post.model'
import { takeActivity } from '#federation/take-activity'
import { inSeconds } from '#platform/clock'
import { row } from '#platform/db'
import { lockKeys } from '#platform/lock-keys'
import { transact } from '#platform/transact'
import { cast } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { activityOf, noteOf, remoteActor, signedPost } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

const isSomebodyWaiting = async () =>
  (await row(
    {},
    `SELECT 1 FROM pg_locks JOIN pg_database AS d ON d.oid = database
     WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`,
  )) !== undefined

test.each(['Create', 'Update', 'Delete'])(
  'federation rule 52: a %s waits while another activity about the same post is worked on',
  async (type) => {
    const [{ alice }, ann] = [await cast('alice'), await remoteActor('ann')]
    await follow(alice, ann)
    const uri = `${ann.uri}/notes/one`
    if (type !== 'Create') await post(ann, { uri, html: '<p>first</p>' })
    const object =
      type === 'Delete'
        ? uri
        : noteOf(ann, 'one', { content: '<p>new</p>', updated: inSeconds(60).toISOString() })
    const state = async () => (await Post.findOne({ where: { uri } }))?.html
    const before = await state()
    await takeActivity(signedPost(ann, activityOf(ann, type, object)))
    let isDone = false
    let working: Promise<void> | undefined
    await transact({}, async (ctx) => {
      await lockKeys(ctx, [uri])
      working = settle().finally(() => (isDone = true))
      while (!isDone && !(await isSomebodyWaiting())) await sleep(20)
      expect(isDone).toBe(false)
      expect(await state()).toBe(before)
    })
    await working
    expect(await state()).not.toBe(before)
  },
)
