import { attachmentsOf, hasSensitive } from '#federation/objects/read-attachments'
import { languageOf, spoilerOf, visibilityOf } from '#federation/objects/read-post'

const read = (attachment: unknown) => attachmentsOf({ type: 'Note', attachment })
const file = (name: string) => `https://remote.example/files/${name}`

test('media-02: attachments of every type are read, and the kind comes from type, media type or name', () => {
  const found = read([
    { type: 'Document', mediaType: 'image/png', url: file('1') },
    { type: 'Image', url: file('2') },
    { type: 'Document', url: [{ type: 'Link', href: file('3'), mediaType: 'video/mp4' }] },
    { type: 'Link', href: file('4'), mediaType: 'audio/mpeg' },
    { type: 'Page', url: file('5.webm') },
    file('6.jpg'),
    { type: 'Document', url: file('7.ogg') },
    { type: 'Document', mediaType: 'application/pdf', url: file('8.pdf') },
  ])
  expect(found.map(({ url, kind }) => [url, kind])).toEqual([
    [file('1'), 'image'],
    [file('2'), 'image'],
    [file('3'), 'video'],
    [file('4'), 'audio'],
    [file('5.webm'), 'video'],
    [file('6.jpg'), 'image'],
    [file('7.ogg'), 'audio'],
    [file('8.pdf'), 'unknown'],
  ])
})

test('media-02: a link to a page, an address of another kind and junk are no media', () => {
  const junk = [{ type: 'Link', href: 'https://news.example/1' }, 'https://news.example/2', null, 7, 'x.jpg']
  expect(read(junk)).toEqual([])
})

test('media-05: one attachment that is marked as sensitive marks the post', () => {
  const picture = { type: 'Image', url: file('1.png') }
  expect(hasSensitive({ attachment: [picture, { ...picture, sensitive: true }] })).toBe(true)
  expect(hasSensitive({ attachment: [picture] })).toBe(false)
})

test('video-02: of page, playlist, magnet and files the best playable file is chosen, also one among the tags of a playlist', () => {
  const film = (height: number) => ({
    type: 'Link',
    mediaType: 'video/mp4',
    href: file(`${height}.mp4`),
    height,
  })
  const page = { type: 'Link', mediaType: 'text/html', href: 'https://remote.example/w/1' }
  const magnet = {
    type: 'Link',
    mediaType: 'application/x-bittorrent;x-scheme-handler/magnet',
    href: 'magnet:?x',
  }
  const list = { type: 'Link', mediaType: 'application/x-mpegURL', href: file('1.m3u8') }
  const video = { type: 'Video', name: 'Film', mediaType: 'text/markdown', content: 'x' }
  const chosen = (url: unknown) => attachmentsOf({ ...video, url })[0]
  expect(chosen([page, film(480), film(2160), film(1080), magnet])).toMatchObject({
    url: file('1080.mp4'),
    mimeType: 'video/mp4',
    kind: 'video',
  })
  const playlist = { ...list, tag: [{ type: 'Infohash', name: 'x' }, film(720), film(360)] }
  expect(chosen([page, playlist])).toMatchObject({ url: file('720.mp4'), kind: 'video' })
  expect(chosen([page, list, magnet])).toBeUndefined()
  expect(chosen(file('1.mp4'))).toMatchObject({ url: file('1.mp4'), mimeType: null, kind: 'video' })
})

test.each([
  ['PT385S', 385],
  ['PT1H2M3.5S', 3723.5],
  ['P1DT2H', 93_600],
  [213, 213],
  ['12.5', 12.5],
  ['PT0S', undefined],
  ['PT', undefined],
  ['about an hour', undefined],
  ['PT999999999999S', undefined],
  [-3, undefined],
  [1e300, undefined],
  [{ toString: 1 }, undefined],
  [['PT1S'], undefined],
  [null, undefined],
])('video-01, video-07: a medium that lasts %j is %s seconds long', (duration, seconds) => {
  const [medium] = read({ type: 'Document', mediaType: 'video/mp4', url: file('1.mp4'), duration })
  expect(medium?.duration).toBe(seconds)
})

test('video-02: of the file that is chosen the size is known, too', () => {
  const url = [
    { type: 'Link', mediaType: 'video/mp4', href: file('360.mp4'), width: 640, height: 360 },
    { type: 'Link', mediaType: 'video/mp4', href: file('720.mp4'), width: '1280', height: '720' },
  ]
  expect(attachmentsOf({ type: 'Video', url })).toMatchObject([{ width: 1280, height: 720 }])
})

test('language-maps-03: the language objects of Lemmy and PeerTube set the language', () => {
  expect(languageOf({ language: { identifier: 'fr', name: 'Français' } })).toBe('fr')
  expect(languageOf({ language: { identifier: 'und', name: 'Undetermined' } })).toBeNull()
  expect(languageOf({ language: 'pt-BR' })).toBe('pt')
  expect(languageOf({ contentMap: { en: 'x' }, content: 'x', language: { identifier: 'fr' } })).toBe('en')
  expect(languageOf({ language: { identifier: 7 } })).toBeNull()
})

test('content-warnings-02: a blank or zero-width summary is no warning', () => {
  for (const summary of ['', ' ', '\u200B', '\u200D\u2060', '\uFEFF'])
    expect(spoilerOf({ type: 'Note', summary })).toBe('')
})

test('dms-04: what says that it is a message is one, however odd its addressing', () => {
  const followers = 'https://remote.example/users/ann/followers'
  const to = ['https://www.w3.org/ns/activitystreams#Public']
  for (const more of [{ to }, { to: [followers] }, { to: [], cc: to }])
    expect(visibilityOf({ ...more, directMessage: true }, followers)).toBe('direct')
  expect(visibilityOf({ to, directMessage: false }, followers)).toBe('public')
})
