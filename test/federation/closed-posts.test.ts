import { pinPost } from '#core/posts/marks/pin-post'
import { react } from '#core/reactions/react'
import { Follow } from '#core/relationships/follow.model'
import { answerObject } from '#federation/federation'
import { as, cast, stranger } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { post } from '#test/factories/post'
import { client, request } from '#test/support/client'
import { remoteActor, signedGet } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'

const SECRET = 'zanzibar'

test('federation rule 135: what is not for everybody stands in no collection, list, feed, search or preview that others read', async () => {
  const { alice, bob, mallory } = await cast('alice', 'bob', 'mallory')
  await alice.account.update({ isIndexable: true })
  await follow(bob, alice)
  await Follow.create({
    followerId: (await stranger('fan', 'fan.example')).id,
    followedId: alice.account.id,
    state: 'accepted',
  })
  const hashtags = [{ name: 'spot', display: 'Spot' }]
  const open = await post(alice, { text: 'open words', hashtags })
  const draft = { text: `${SECRET} #Spot`, hashtags, replyTo: open }
  const closed = [
    await post(alice, { ...draft, visibility: 'private' }),
    await post(alice, { ...draft, visibility: 'direct', mentions: [bob] }),
  ]
  await as(alice, pinPost, { postId: closed[0]!.id })
  await as(bob, react, { postId: closed[0]!.id })
  await settle()
  const base = `/users/${alice.account.id}`
  const ids = closed.map(({ id }) => id)
  const paths = [
    ...['/outbox', '/outbox/page/first', '/featured', '/featured-tags'].map((path) => base + path),
    ...['', '/replies', '/replies/page/0'].map((path) => `${base}/posts/${open.id}${path}`),
    ...ids.flatMap((id) => ['', '/likes', '/shares', '/replies'].map((path) => `${base}/posts/${id}${path}`)),
    '/@alice',
    '/@alice/with_replies',
    '/@alice.rss',
    '/tags/spot',
    '/tags/spot.rss',
    `/@alice/${open.id}`,
    ...ids.map((id) => `/api/oembed?url=${encodeURIComponent(`http://localhost:3000/@alice/${id}`)}`),
    `/api/v1/statuses/${open.id}/context`,
    '/api/v1/timelines/public',
    '/api/v1/timelines/tag/spot',
    '/api/v1/trends/statuses',
    '/api/v1/trends/links',
    `/api/v2/search?q=${SECRET}`,
  ]
  const eve = await remoteActor('eve', 'eve.example')
  const told: string[] = []
  for (const path of paths) {
    const answers = [
      (await client(mallory).get(path)).body,
      (await request('GET', path, undefined, { headers: { Accept: 'text/html' } })).body,
      (await request('GET', path, undefined, { headers: { Accept: 'application/activity+json' } })).body,
      path.startsWith('/users/') ? await answerObject(signedGet(eve, path)).catch(() => '') : '',
    ]
    const text = JSON.stringify(answers)
    if (text.includes(SECRET) || ids.some((id) => text.includes(`/posts/${id}`) && !path.includes(id)))
      told.push(path)
  }
  expect(told).toEqual([])
  const { body } = await request('GET', `${base}/outbox/page/first`, undefined, {
    headers: { Accept: 'application/activity+json' },
  })
  expect(JSON.stringify(body)).toContain('open words')
})
