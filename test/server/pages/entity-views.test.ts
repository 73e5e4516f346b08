import { authorView, postView, type StatusEntity } from '#server/pages/entity-views'

const account = {
  id: '1',
  acct: 'bea',
  display_name: 'Bea :wave:',
  url: 'https://harbour.example/@bea',
  avatar: 'https://harbour.example/avatars/original/missing.png',
  emojis: [{ shortcode: 'wave', url: 'https://harbour.example/wave.png' }],
}

const status: StatusEntity = {
  id: '10',
  url: 'https://harbour.example/@bea/10',
  uri: 'https://harbour.example/users/1/posts/10',
  created_at: '2026-03-14T09:12:00.000Z',
  edited_at: null,
  in_reply_to_account_id: null,
  content: '<p>Hello</p>',
  spoiler_text: '',
  sensitive: false,
  language: 'en',
  visibility: 'public',
  replies_count: 1,
  reblogs_count: 2,
  favourites_count: 3,
  account,
  reblog: null,
  mentions: [],
  media_attachments: [],
  emojis: [],
  poll: null,
}

test('an account without a picture is shown with none, so that its letter can stand there', () => {
  expect(authorView(account)).toMatchObject({ handle: '@bea', avatarUrl: null, emojis: [{ code: 'wave' }] })
})

test('a boost is shown as the post it boosts, by the one who wrote it', () => {
  const tom = { ...account, id: '2', acct: 'tom@ocean.example' }
  const shown = postView({ ...status, id: '11', content: '', account: tom, reblog: status })
  expect([shown.id, shown.author.handle, shown.boostedBy?.handle]).toEqual([
    '10',
    '@bea',
    '@tom@ocean.example',
  ])
})

test('an answer names whom it answers, or its own author in a thread, or nobody who is not known', () => {
  const tom = { id: '2', acct: 'tom@ocean.example', url: 'https://ocean.example/@tom' }
  const answering = (id: string) =>
    postView({ ...status, in_reply_to_account_id: id, mentions: [tom] }).replyTo
  expect(answering('2')?.handle).toBe('@tom@ocean.example')
  expect(answering('1')?.handle).toBe('@bea')
  expect(answering('3')).toBeNull()
})

test('media come with their sizes; those still on their way are left out', () => {
  const medium = {
    type: 'gifv' as const,
    url: '/a.mp4',
    preview_url: '/a.png',
    remote_url: null,
    description: 'A cat',
    meta: { original: { width: 4, height: 3 } },
  }
  const shown = postView({ ...status, media_attachments: [medium, { ...medium, url: null, meta: null }] })
  expect(shown.media).toEqual([
    { kind: 'gif', url: '/a.mp4', previewUrl: '/a.png', alt: 'A cat', width: 4, height: 3 },
  ])
})

test('a post without a page of its own links to its id', () => {
  expect(postView({ ...status, url: null }).url).toBe('https://harbour.example/users/1/posts/10')
})

test('a quoted post is shown one level deep, and one that may not be seen is told so', () => {
  const quote = { quoted_status: { ...status, id: '12', quote: { quoted_status: status } } }
  expect(postView({ ...status, quote }).quote).toMatchObject({ id: '12', quote: null })
  expect(postView({ ...status, quote: { quoted_status: null } }).quote).toBe('gone')
})
