import { createPost } from '#core/posts/create-post'
import { Post } from '#core/posts/post.model'
import { loadPosts } from '#federation/load-posts'
import { renderPost } from '#federation/objects/render-post'
import type { Json } from '#federation/properties'
import { PUBLIC } from '#federation/vocabulary'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { activityOf, noteOf, type RemoteActor, remoteActor, tell } from '#test/support/remote-actor'

let alice: Member
let ann: RemoteActor

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  ann = await remoteActor('ann')
  await follow(alice, ann)
})

let count = 0

/** The post that becomes of an object by ann. */
async function taken(more: Json): Promise<Post | null> {
  const object = noteOf(ann, `${(count += 1)}`, more)
  await tell(ann, activityOf(ann, 'Create', object))
  return Post.findOne({ where: { uri: String(object.id) } })
}

const link = (url: string) => expect.stringContaining(`href="${url}"`)

test('notes-11: a type that nobody knows is shown as title, text and link', async () => {
  const album = await taken({ type: 'Album', name: 'Songs & more', url: 'https://remote.example/albums/1' })
  expect(album?.html).toContain('<strong>Songs &amp; more</strong>')
  expect(album?.html).toEqual(link('https://remote.example/albums/1'))
})

test.each([
  ['a story', { type: 'Story', name: 'x' }],
  ['a chat message', { type: 'ChatMessage' }],
  ['an actor', { type: 'Robot', inbox: 'https://remote.example/inbox' }],
  ['a collection', { type: 'Shelf', items: [] }],
  ['an activity', { type: 'Sing', actor: 'https://remote.example/users/ann' }],
  ['nothing', { type: 'Silence', content: '' }],
])('notes-11, chat-messages-01: %s is no post', async (_what, more) => {
  expect(await taken(more)).toBeNull()
})

test('articles-01: an article is its excerpt, and without one its text', async () => {
  const article = { type: 'Article', name: 'A title', content: '<p>everything</p>' }
  const short = await taken({ ...article, summary: 'in short' })
  expect(short?.html).toContain('in short')
  expect(short?.html).not.toContain('everything')
  expect(short).toMatchObject({ spoilerText: '', isSensitive: false })
  expect((await taken(article))?.html).toContain('everything')
})

test('articles-04: a link post leads to what it is about', async () => {
  const attachment = [{ type: 'Link', href: 'https://news.example/story' }]
  const page = await taken({ type: 'Page', name: 'News', content: null, attachment })
  expect(page?.html).toEqual(link('https://news.example/story'))
  expect(page?.html).toEqual(link(page!.uri!))
})

test('articles-04: an address that could run a program is no link', async () => {
  const attachment = [
    { type: 'Link', href: 'javascript:alert(1)' },
    { type: 'Link', href: 'https://x.example/"><script>' },
  ]
  const page = await taken({ type: 'Page', name: '<script>', attachment })
  expect(page?.html).not.toMatch(/javascript:|<script/)
})

test('events-01: an event says when and where in its own time zone, and one that makes no sense harms nothing', async () => {
  const event = { type: 'Event', name: 'Tea', startTime: '2026-07-01T12:00:00Z', timezone: 'Europe/Paris' }
  const place = { type: 'Place', name: 'The garden' }
  expect((await taken({ ...event, location: place }))?.html).toContain(
    '2026-07-01 14:00 (Europe/Paris)<br />The garden',
  )
  expect((await taken({ ...event, timezone: 'Mars/Base', location: 'x' }))?.html).toContain(
    '2026-07-01T12:00',
  )
})

test('video-01: text that is Markdown or plain keeps its lines and is no HTML', async () => {
  const video = {
    type: 'Video',
    name: 'Film',
    mediaType: 'text/markdown',
    content: 'one\ntwo\n\n<b>three</b>',
  }
  expect((await taken(video))?.html).toContain('<p>one<br />two</p><p>&lt;b&gt;three&lt;/b&gt;</p>')
})

const film = (): Json => ({
  type: 'Video',
  name: 'Film',
  duration: 'PT385S',
  mediaType: 'text/markdown',
  content: 'A film.',
  icon: [{ type: 'Image', url: 'https://remote.example/1.jpg', mediaType: 'image/jpeg' }],
  url: [
    { type: 'Link', mediaType: 'text/html', href: 'https://remote.example/w/1' },
    { type: 'Link', mediaType: 'video/mp4', href: 'https://remote.example/1.mp4', width: 1280, height: 720 },
  ],
})

test('video-01: a video is shown with its length, by the person of attributedTo, and leads to the channel', async () => {
  const channel = await remoteActor('films', 'remote.example', { kind: 'group' })
  const people = [
    { type: 'Group', id: channel.uri },
    { type: 'Person', id: ann.uri },
  ]
  const post = await taken({ ...film(), attributedTo: people })
  expect(post?.html).toEqual(link(channel.uri))
  const { body } = await client(alice).get(`/api/v1/statuses/${post?.id}`)
  expectEntity('Status', body)
  expect(body.account.acct).toBe('ann@remote.example')
  expect(body.media_attachments[0]).toMatchObject({
    type: 'video',
    remote_url: 'https://remote.example/1.mp4',
    preview_remote_url: 'https://remote.example/1.jpg',
    meta: { original: { width: 1280, height: 720, size: '1280x720', duration: 385 } },
  })
  // What answers it goes to the channel, too, which is not named.
  expect(body.mentions).toEqual([])
  const reply = await as(alice, createPost, { text: 'nice', replyToId: post!.id })
  const [whole] = await loadPosts([reply.id])
  expect(renderPost(whole!)).toMatchObject({ to: [PUBLIC, channel.uri], audience: channel.uri })
})

test('video-01: who is no group but is of another server is neither author nor channel', async () => {
  const foreign = { type: 'Group', id: 'https://other.example/channels/1' }
  const post = await taken({ ...film(), attributedTo: [foreign, ann.uri] })
  expect(post?.authorId).toBe(ann.account.id)
  expect(post?.html).not.toContain('other.example')
})

test('wire 6.1: a note that begins a thread is shown with its title, once', async () => {
  expect((await taken({ name: 'Topic', content: '<p>text</p>' }))?.html).toBe(
    '<p><strong>Topic</strong></p><p>text</p>',
  )
  expect((await taken({ name: 'Topic', content: '<p>Topic: text</p>' }))?.html).toBe('<p>Topic: text</p>')
})

test('articles-04: the url of a link post is what it is about when it is on another server', async () => {
  const page = { type: 'Page', name: 'Look', url: 'https://news.example/1' }
  expect((await taken(page))?.html).toEqual(link('https://news.example/1'))
  const own = await taken({ ...page, url: 'https://remote.example/p/1' })
  expect(own?.html.match(/href=/g)).toHaveLength(1)
})

test('events-01, events-02: a place may be an address in parts or on the web, and an event may be called off', async () => {
  const address = { type: 'PostalAddress', streetAddress: 'Quai 1', addressLocality: 'Paris', postalCode: '' }
  const places = [
    { type: 'Place', name: 'The garden', address },
    { type: 'VirtualLocation', url: 'https://meet.example/1' },
  ]
  const event = { type: 'Event', name: 'Tea', location: places, 'ical:status': 'CANCELLED' }
  expect((await taken(event))?.html).toContain(
    '<p>The garden, Quai 1, Paris<br />https://meet.example/1<br />cancelled</p>',
  )
})
