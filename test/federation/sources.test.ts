import { Post } from '#core/posts/post.model'
import type { Json } from '#federation/properties'
import { cast, type Member } from '#test/factories/account'
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

/** The post that becomes of a note by ann, and what an app is told of its source. */
async function taken(more: Json) {
  const note = noteOf(ann, `${(count += 1)}`, more)
  await tell(ann, activityOf(ann, 'Create', note))
  return { note, ...(await told(note)) }
}

async function told(note: Json) {
  const post = await Post.findOne({ where: { uri: String(note.id) }, rejectOnEmpty: true })
  const { status, body } = await client(alice).get(`/api/v1/statuses/${post.id}/source`)
  expect(status).toBe(200)
  expectEntity('StatusSource', body)
  return { post, source: body }
}

const mfm = 'text/x.misskeymarkdown'

test.each([
  ['Akkoma', { source: { content: '**tea**', mediaType: 'text/markdown' } }, ['**tea**', 'text/markdown']],
  [
    'Friendica',
    { source: { content: '[b]tea[/b]', mediaType: 'text/bbcode' } },
    ['[b]tea[/b]', 'text/bbcode'],
  ],
  ['Misskey', { source: { content: '$[jelly tea]', mediaType: mfm } }, ['$[jelly tea]', mfm]],
  ['Misskey of old', { _misskey_content: '$[jelly tea]' }, ['$[jelly tea]', mfm]],
  [
    'Lemmy',
    { mediaType: 'text/html', source: { content: '*tea*\r\n', mediaType: 'Text/Markdown; charset=utf-8' } },
    ['*tea*\n', 'text/markdown'],
  ],
])(
  'notes-06: what %s says a post was written in is kept beside its HTML',
  async (_whose, more, [text, type]) => {
    const { post, source } = await taken({ content: '<p><b>tea</b></p>', ...more })
    expect(source).toEqual({ id: post.id, text, spoiler_text: '', content_type: type })
    expect(post.html).toBe('<p><b>tea</b></p>')
  },
)

test.each([
  ['a type that is none of these', { source: { content: '<b>tea</b>', mediaType: 'text/html' } }],
  ['no type', { source: { content: 'tea' } }],
  ['no text', { source: { mediaType: 'text/markdown', content: { toString: 1 } } }],
  ['an address', { source: 'https://remote.example/source' }],
  ['junk', { source: [null, { mediaType: ['text/markdown'] }], _misskey_content: 7 }],
])('notes-06: a source of %s is none', async (_what, more) => {
  const { post, source } = await taken({ content: '<p>tea</p>', ...more })
  expect(source).toMatchObject({ text: 'tea', content_type: 'text/plain' })
  expect([post.text, post.textType]).toEqual(['', null])
})

test('notes-06: a source is bound, and nothing in it that cannot be stored stops a post', async () => {
  const content = `a\u0000b${'\ud800'}${'x'.repeat(200_000)}`
  const { source } = await taken({ source: { content, mediaType: 'text/markdown' } })
  expect(source.text).toMatch(/^a\ufffd?b\ufffd?x+$/)
  expect(source.text.length).toBeLessThanOrEqual(100_000)
})

test('notes-06: an edit brings its source, and one of another source alone is no edit', async () => {
  const { note, post } = await taken({ source: { content: 'one', mediaType: 'text/markdown' } })
  const edit = async (more: Json) => {
    await tell(ann, activityOf(ann, 'Update', { ...note, updated: new Date().toISOString(), ...more }))
    return told(note)
  }
  const same = await edit({ source: { content: 'uno', mediaType: 'text/markdown' } })
  expect([same.source.text, same.post.editedAt]).toEqual(['one', null])
  const changed = await edit({ content: '<p>two</p>', source: { content: 'two', mediaType: 'text/bbcode' } })
  expect(changed.source).toMatchObject({ text: 'two', content_type: 'text/bbcode' })
  expect(changed.post.editedAt).not.toBe(null)
  const bare = await edit({ content: '<p>three</p>', source: undefined })
  expect(bare.source).toMatchObject({ id: post.id, text: 'three', content_type: 'text/plain' })
})

test('custom-emoji-03: an emoji looks as its server says it does now, whatever its updated says', async () => {
  const cat = (file: string, updated: unknown): Json => ({
    id: 'https://remote.example/emojis/cat',
    type: 'Emoji',
    name: ':cat:',
    updated,
    icon: { type: 'Image', mediaType: 'image/png', url: `https://remote.example/${file}` },
  })
  for (const [file, updated] of [
    ['1.png', '2026-01-01T00:00:00Z'],
    ['2.png', '2026-06-01T00:00:00Z'],
    ['3.png', '1970-01-01T00:00:00Z'],
    ['4.png', 7],
  ] as const) {
    const { post } = await taken({ content: '<p>:cat:</p>', tag: cat(file, updated) })
    const { body } = await client(alice).get(`/api/v1/statuses/${post.id}`)
    expectEntity('Status', body)
    expect(body.emojis).toMatchObject([{ shortcode: 'cat', url: `https://remote.example/${file}` }])
  }
})
