import type { Account } from '#core/accounts/account.model'
import { postUri } from '#core/addresses'
import { forgetDialect } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { Medium } from '#core/media/medium.model'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import { editPost } from '#core/posts/edits/edit-post'
import type { Json } from '#federation/properties'
import { rows } from '#platform/db'
import { as, cast, type Member, stranger } from '#test/factories/account'
import { upload } from '#test/factories/medium'
import { settle } from '#test/support/settle'

let alice: Member
beforeEach(async () => ({ alice } = await cast('alice')))

/** Somebody on a server that says what it runs. */
async function on(
  software: string,
  version: string,
  name = 'bob',
  more: Partial<Account> = {},
): Promise<Account> {
  const domain = `${software}.example`
  await Instance.findOrCreate({ where: { domain }, defaults: { domain, software, version } })
  forgetDialect(domain)
  return stranger(name, domain, more)
}

type Sent = { activity: Json & { object: Json }; inbox: string }

/** What goes to whom, in order of being written. */
async function sent(): Promise<Sent[]> {
  await settle()
  const found = await rows<{ body: string; inbox: string }>(
    {},
    `SELECT o.body, w.payload->>'inbox' AS inbox FROM owed_work AS w
       JOIN outgoing_activities AS o ON o.id = (w.payload->>'activityId')::bigint
     WHERE w.kind = 'delivery' ORDER BY o.id, inbox`,
  )
  await rows({}, `DELETE FROM owed_work WHERE kind = 'delivery'`)
  return found.map(({ body, inbox }) => ({ activity: JSON.parse(body), inbox }))
}
const direct = (text: string, more = {}) => as(alice, createPost, { text, visibility: 'direct', ...more })

test.each([
  ['lemmy', '0.19.11', 'ChatMessage'],
  ['lemmy', '1.0.0-alpha.5', 'Note'],
  ['piefed', '1.2.0', 'Note'],
  ['mbin', '1.8.2', 'ChatMessage'],
])('dms-02: a direct message to %s %s is a %s for one', async (software, version, type) => {
  const bob = await on(software, version)
  const post = await direct(`psst @bob@${bob.domain}`)
  const [{ activity, inbox }, ...others] = (await sent()) as [Sent, ...Sent[]]
  expect([inbox, others]).toEqual([bob.inboxUrl, []])
  expect(activity).toMatchObject({ type: 'Create', id: `${postUri(post)}/activity`, to: [bob.uri], cc: [] })
  expect(activity.object).toMatchObject({ type, id: postUri(post), to: [bob.uri], content: post.html })
  expect(activity.object.cc ?? []).toEqual([])
  expect(JSON.stringify(activity['@context']).includes('litepub:ChatMessage')).toBe(type === 'ChatMessage')
})

test('dms-02: of several people each there gets a message of their own, a group none, and all others one for all', async () => {
  const [bob, cat] = [await on('lemmy', '0.19.11', 'bob'), await on('lemmy', '0.19.11', 'cat')]
  const dan = await on('piefed', '1.2.0', 'dan')
  await on('piefed', '1.2.0', 'tea', { kind: 'group' })
  const [max, zoe] = [await on('mastodon', '4.5.0', 'max'), await stranger('zoe', 'zoe.example')]
  const all = [bob, cat, dan, max, zoe]
  const handles = all.map(({ username, domain }) => `@${username}@${domain}`)
  const post = await direct(`${handles.join(' ')} @tea@piefed.example hello`)
  const found = await sent()
  expect(found.map(({ inbox }) => inbox).toSorted()).toEqual(all.map(({ inboxUrl }) => inboxUrl).toSorted())
  for (const { activity, inbox } of found) {
    const to = all.find(({ inboxUrl }) => inboxUrl === inbox)!
    const isAlone = [bob, cat, dan].includes(to)
    expect(activity.to).toEqual(activity.object.to)
    expect((activity.to as string[]).length).toBe(isAlone ? 1 : 6)
    expect(activity.to).toContain(to.uri)
    const named = (activity.object.tag as Json[]).flatMap(({ type, href }) =>
      type === 'Mention' ? [href] : [],
    )
    if (isAlone) expect(named.filter((href) => href !== to.uri)).toEqual([])
    expect(activity.object.id === postUri(post)).toBe(!isAlone)
  }
  // Each stays one message: by its id it is changed, and ends.
  const ids = (all: Sent[]) =>
    Object.fromEntries(all.map(({ activity, inbox }) => [inbox, activity.object.id]))
  await as(alice, editPost, { postId: post.id, text: `${handles.join(' ')} @tea@piefed.example bye` })
  const edited = await sent()
  expect(ids(edited)).toEqual(ids(found))
  const every = [...found, ...edited]
  expect(new Set(every.map(({ activity }) => activity.id)).size).toBe(8)
  for (const { activity } of every) expect(String(activity.id).split('#').length).toBeLessThan(3)
  await as(alice, deletePost, { postId: post.id })
  const deleted = (await sent()).map(({ activity, inbox }) => `${inbox} ${String(activity.object.id)}`)
  for (const [inbox, id] of Object.entries(ids(found))) expect(deleted).toContain(`${inbox} ${String(id)}`)
})

test('dms-02: a warning and pictures are not lost where nothing but text can be said', async () => {
  await on('mbin', '1.8.2')
  const file = { fileKey: 'files/a/b.jpg', kind: 'image' } as const
  const medium: Medium = await upload(alice, file)
  await direct('@bob@mbin.example look', { spoilerText: 'a <wall>', mediaIds: [medium.id] })
  const [{ activity }] = (await sent()) as [Sent]
  expect(activity.object.attachment).toBeUndefined()
  expect(activity.object.content).toMatch(/^<p><strong>a &lt;wall&gt;<.*look.*href="[^"]*files\/a\/b.jpg"/)
})

test('dms-02: what is not direct goes there as everywhere', async () => {
  const bob = await on('lemmy', '0.19.11')
  await as(alice, createPost, { text: `hi @bob@${bob.domain}`, visibility: 'public' })
  const [{ activity }] = (await sent()) as [Sent]
  expect(activity.object.type).toBe('Note')
})
