import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { accountUri, postUri } from '#core/addresses'
import { Post } from '#core/posts/post.model'
import { refreshAccount } from '#federation/find-account'
import { select } from '#platform/select'
import { cast } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client } from '#test/support/client'
import { closeListeners } from '#test/support/listener'
import { activityOf, noteOf, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { startFediverse } from '#test/support/stub-actors'

const root = join(import.meta.dirname, '../..')
const MARK = 'zanzibar'
const HOSTILE = `${MARK}'; DROP TABLE posts; -- :name $1 ? \\ $$ "x" %s`
const ENCODED = encodeURIComponent(HOSTILE).replaceAll("'", '%27')

/** The text of every statement that this process sends to PostgreSQL from now on. */
function watchStatements(): { texts: Set<string>; stop(): void } {
  const texts = new Set<string>()
  const query = Client.prototype.query as (...args: unknown[]) => unknown
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text
    if (text) texts.add(text)
    return query.apply(this, args)
  } as typeof Client.prototype.query
  return { texts, stop: () => void (Client.prototype.query = query as typeof Client.prototype.query) }
}

test('CVE-2026-73211: nothing that another server says stands in the text of a statement', async () => {
  const far = await startFediverse()
  const { alice } = await cast('alice')
  const own = await post(alice)
  const mal = await far.actor('mal')
  const odd = (path: string) => `${far.uri('mal')}/${path}?${ENCODED}`
  far.describe('mal', {
    name: HOSTILE,
    summary: HOSTILE,
    url: odd('page'),
    inbox: odd('inbox'),
    outbox: odd('outbox'),
    followers: odd('followers'),
    following: odd('following'),
    featured: odd('featured'),
    endpoints: { sharedInbox: odd('shared') },
    alsoKnownAs: [odd('alias')],
    movedTo: odd('moved'),
    attachment: [{ type: 'PropertyValue', name: HOSTILE, value: HOSTILE }],
    tag: [{ type: 'Emoji', name: `:${MARK}:`, icon: { type: 'Image', url: odd('emoji') } }],
    icon: { type: 'Image', url: odd('icon') },
  })
  const watched = watchStatements()
  await refreshAccount({ actor: { kind: 'kith' } }, mal.account)
  await tell(mal, activityOf(mal, 'Follow', accountUri(alice.account), { id: odd('follow') }))
  await client(alice).post(`/api/v1/accounts/${mal.account.id}/follow`)
  await tell(
    mal,
    activityOf(mal, 'Accept', { type: 'Follow', actor: accountUri(alice.account), object: mal.uri }),
  )
  const note = noteOf(mal, 'one', {
    id: odd('note'),
    url: odd('html'),
    content: HOSTILE,
    summary: HOSTILE,
    conversation: HOSTILE,
    contentMap: { [HOSTILE]: HOSTILE, en: HOSTILE },
    tag: [
      { type: 'Hashtag', name: `#${MARK}` },
      { type: 'Hashtag', name: HOSTILE },
      { type: 'Mention', href: accountUri(alice.account), name: HOSTILE },
      { type: 'Emoji', name: `:${MARK}:`, icon: { type: 'Image', url: odd('emoji') } },
    ],
    attachment: [{ type: 'Image', mediaType: HOSTILE, url: odd('image'), name: HOSTILE, blurhash: HOSTILE }],
    inReplyTo: postUri(own),
  })
  const question = { ...note, id: odd('poll'), type: 'Question', oneOf: [{ name: HOSTILE }, { name: 'b' }] }
  for (const [type, object] of [
    ['Create', note],
    ['Create', question],
    ['Update', { ...note, content: `${HOSTILE} again`, updated: new Date().toISOString() }],
    ['Like', postUri(own)],
    ['Announce', postUri(own)],
    ['Flag', [accountUri(alice.account), odd('thing')]],
    ['Add', odd('note')],
    ['Undo', odd('like')],
    ['Block', odd('nobody')],
    ['Move', mal.uri],
    ['Delete', odd('poll')],
  ] as const)
    await tell(mal, activityOf(mal, type, object, { content: HOSTILE, target: odd('featured') }))
  const stored = (await select({}, Post, 'uri = $1', [odd('note')]))!
  const app = client(alice)
  await app.post(`/api/v1/statuses/${stored.id}/favourite`)
  await app.post('/api/v1/statuses', { status: `@mal@${far.domain} ${HOSTILE}`, in_reply_to_id: stored.id })
  for (const path of [
    `/api/v1/statuses/${stored.id}/context`,
    `/api/v1/accounts/${mal.account.id}/statuses`,
    `/api/v1/timelines/tag/${MARK}`,
    `/api/v2/search?q=${ENCODED}`,
    `/api/v1/accounts/lookup?acct=${ENCODED}`,
    '/api/v1/timelines/home',
    '/api/v1/notifications',
  ])
    expect([path, (await app.get(path)).status < 500]).toEqual([path, true])
  await settle({ except: ['schedule'] })
  await tell(mal, activityOf(mal, 'Delete', mal.uri))
  watched.stop()
  await closeListeners()
  expect(stored.html).toContain(MARK)
  expect(watched.texts.size).toBeGreaterThan(60)
  expect([...watched.texts].filter((text) => text.includes(MARK))).toEqual([])
})

// What may stand between `${` and `}` of a statement: names of constants and calls of functions that give SQL, with
// nothing but such names and fixed texts handed to them.
const word = String.raw`[A-Za-z_$][\w$.]*`
const fixed = String.raw`(?:'[^'$\`]*'|"[^"$\`]*"|\d+)`

test('CVE-2026-73211: no model query or literal of Sequelize is put together from pieces', async () => {
  const files = await Array.fromAsync(
    glob('{core,platform,federation,server,workers,cli}/**/*.ts', { cwd: root }),
  )
  const found: string[] = []
  for (const file of files) {
    const source = await readFile(join(root, file), 'utf8')
    for (const [call, inside] of source.matchAll(/\b(?:literal|sequelize\.query|db\.query)\(\s*(`[^`]*`)/g))
      for (const [, piece = ''] of (inside ?? '').matchAll(/\$\{([^}]*)\}/g))
        if (!new RegExp(`^${word}$|^${fixed}$`).test(piece.trim()))
          found.push(`${file}: ${call.slice(0, 80)}`)
    // Values go in as $1, $2, …: an input that is named in a statement would be put into its text.
    for (const [, piece = ''] of source.matchAll(
      /\$\{\s*((?:draft|input|body|query|params|activity|json|req)\b[^}]*)\}[^`]*?(?:FROM|WHERE|SELECT|INSERT)/g,
    ))
      found.push(`${file}: \${${piece}}`)
  }
  expect(found).toEqual([])
})
