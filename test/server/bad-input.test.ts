import { User } from '#core/auth/user.model'
import { now } from '#platform/clock'
import { mountRoutes } from '#server/mount'
import { cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { browserOf, memberWithPassword } from '#test/factories/log-in'
import { upload } from '#test/factories/medium'
import { post } from '#test/factories/post'
import { endpointOf } from '#test/support/check-answer'
import { client, makeToken } from '#test/support/client'
import { type Dice, dice, rounds, seedOf } from '#test/support/fuzz'
import { formOf, hostileValue, multipartOf } from '#test/support/hostile'
import { flawsAmong } from '#test/support/flaws'
import { type RawRequest } from '#test/support/raw-request'

const { list } = await mountRoutes()
const seed = seedOf(20_261_121)
const BOUNDARY = 'kith-boundary'
const BUDGET = 180_000

type Params = [string, ReturnType<typeof hostileValue>][]
/** What can be asked, and by which parameters. */
type Door = { method: string; path: string; names: string[] }
type Good = (name: string, dice: Dice) => string

/** Things that exist, so that some of what is sent leads past the first check. */
async function world(alice: Member, bob: Member): Promise<Good> {
  const tag = { hashtags: [{ name: 'bees', display: 'Bees' }] }
  const posts = [await post(alice, tag), await post(bob, tag), await post(bob, { visibility: 'private' })]
  for (let at = 0; at < 4; at += 1) posts.push(await post(alice, { replyTo: posts[0]! }))
  await follow(alice, bob)
  const app = client(alice)
  const lists: string[] = []
  for (let at = 0; at < 4; at += 1)
    lists.push((await app.post('/api/v1/lists', { title: 'friends' })).body.id)
  const poll = { options: ['a', 'b'], expires_in: 3600 }
  const withPoll = (await app.post('/api/v1/statuses', { status: 'which', poll })).body
  const media = [await upload(alice), await upload(alice)]
  const people = [alice, bob].map(({ account }) => account.id)
  return (name, { pick }) => {
    if (name === 'poll_id') return withPoll.poll.id
    if (name === 'list_id') return pick(lists)
    if (/media_id/.test(name)) return pick(media).id
    if (/account/.test(name)) return pick(people)
    if (/(^|_)id/.test(name)) return pick([...posts.map(({ id }) => id), ...people, withPoll.id])
    return pick([
      'alice',
      'public',
      'private',
      'direct',
      'en',
      'bees',
      '1',
      'true',
      'mention',
      'home',
      'statuses',
    ])
  }
}

const kindOf = (path: string): string | undefined =>
  /\/(list|media|poll|account)s?\/:id/.exec(path)?.[1]?.concat('_id')

function fill(path: string, dice: Dice, good: Good): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (dice.below(3) === 0) {
      const value = hostileValue(dice)
      const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500)
      return encodeURIComponent(text.toWellFormed()) || '%20'
    }
    return good(name === 'id' ? (kindOf(path) ?? 'id') : name, dice)
  })
}

function paramsFor({ names: known }: Door, dice: Dice, good: Good): Params {
  const names = [
    ...known,
    dice.pick(['__proto__', 'constructor', 'x', '_method', 'access_token', 'file', 'avatar']),
  ]
  return names
    .filter(() => dice.below(4) > 0)
    .map((name) => [name, dice.below(2) === 0 ? good(name, dice) : hostileValue(dice)])
}

/** One call of a door, in one of the encodings that it reads. */
function callOf(door: Door, dice: Dice, good: Good, token: string | undefined): RawRequest {
  const params = paramsFor(door, dice, good)
  const { method } = door
  const path = fill(door.path, dice, good)
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const kind = dice.pick(['query', 'form', 'multipart', 'json', 'json'])
  if (kind === 'query' || (method === 'GET' && dice.below(4) > 0))
    return { method, path: `${path}?${formOf(params, dice)}`, headers }
  if (kind === 'form')
    return {
      method,
      path,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: formOf(params, dice),
    }
  if (kind === 'multipart')
    return {
      method,
      path,
      headers: { ...headers, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body: multipartOf(params, BOUNDARY, dice),
    }
  const body = `{${params.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`
  return { method, path, headers: { ...headers, 'content-type': 'application/json' }, body }
}

const expectNone = async (requests: Iterable<RawRequest>) =>
  expect(`seed ${seed}\n${await flawsAmong(requests)}`).toBe(`seed ${seed}\n`)

test(
  `ERR-01 no value of any parameter of any route makes a fault of ours (seed ${seed})`,
  async () => {
    const { alice, bob } = await cast('alice', 'bob')
    const good = await world(alice, bob)
    const scopes = ['read', 'write', 'follow', 'push', 'profile']
    const [own, app] = [await makeToken(scopes, alice), await makeToken(scopes)]
    const random = dice(seed)
    for (const route of list) {
      const method = route.method.toUpperCase()
      const read = Object.keys((route.input as { shape?: object } | undefined)?.shape ?? {})
      const told = endpointOf(method, route.path)?.params.map(({ name }) => name) ?? []
      const door = { method, path: route.path, names: [...new Set([...read, ...told])] }
      const right = route.access === 'app' ? app : own
      await expectNone(
        Array.from({ length: rounds(12) }, () =>
          callOf(door, random, good, random.pick([right, right, right, right, app, undefined])),
        ),
      )
      await User.update({ email: alice.user.email, confirmedAt: now() }, { where: { id: alice.user.id } })
    }
  },
  BUDGET,
)

/** Where forms of pages, apps and other servers are sent, and what they are asked for. */
const doors: [method: string, path: string, names: string][] = [
  ['POST', '/oauth/token', 'grant_type client_id client_secret code redirect_uri scope code_verifier'],
  ['POST', '/oauth/revoke', 'client_id client_secret token'],
  [
    'GET',
    '/oauth/authorize',
    'response_type client_id redirect_uri scope state code_challenge code_challenge_method response_mode',
  ],
  ['POST', '/oauth/authorize', '_csrf transaction_id decision'],
  ['GET', '/oauth/authorize/native', 'code error'],
  ['GET', '/', 'max_id min_id'],
  ['GET', '/about', 'x'],
  ['GET', '/sign-up', 'x'],
  ['POST', '/sign-up', '_csrf username email password agreement reason locale'],
  ['POST', '/sign-up/resend', '_csrf email'],
  ['GET', '/confirm', 'token'],
  ['POST', '/confirm', '_csrf token'],
  ['GET', '/log-in', 'next'],
  ['POST', '/log-in', '_csrf identifier password next remember'],
  ['POST', '/forgot-password', '_csrf email'],
  ['GET', '/reset-password', 'token'],
  ['POST', '/reset-password', '_csrf token password'],
  ['GET', '/authorize_interaction', 'uri'],
  ['POST', '/authorize_interaction', '_csrf id'],
  ['GET', '/settings', 'x'],
  ['POST', '/settings/password', '_csrf current password'],
  ['POST', '/settings/sessions/:id/revoke', '_csrf'],
  ['POST', '/settings/apps/:id/revoke', '_csrf'],
  ['GET', '/tags/:name', 'max_id min_id'],
  ['GET', '/@:name', 'max_id min_id'],
  ['GET', '/@:name/media', 'max_id min_id'],
  ['GET', '/@:name/:id', 'max_id'],
  ['GET', '/@:name.rss', 'x'],
  ['GET', '/users/:id', 'page max_id min_id'],
  ['GET', '/users/:id/outbox', 'page max_id min_id'],
  ['GET', '/users/:id/followers', 'page max_id'],
  ['GET', '/users/:id/posts/:id', 'x'],
  ['GET', '/actor', 'x'],
  ['GET', '/.well-known/webfinger', 'resource rel'],
  ['GET', '/.well-known/:name', 'x'],
  ['GET', '/nodeinfo/:name', 'x'],
  ['GET', '/media_proxy/:id/:name', 's'],
  ['GET', '/media/:name', 'x'],
  ['GET', '/assets/:name', 'x'],
  ['GET', '/api/v1/streaming', 'stream access_token tag list'],
  ['GET', '/api/v1/streaming/:name', 'stream access_token tag list only_media'],
  ['GET', '/api/v1/streaming/hashtag', 'tag'],
  ['GET', '/api/v1/streaming/list', 'list'],
  ['POST', '/inbox', 'id type actor object'],
  ['POST', '/users/:id/inbox', 'id type actor object'],
]
const kinds = [
  'text/html',
  'application/activity+json',
  'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  '*/*',
]

test(
  `no value sent to pages, OAuth, streams or inboxes makes a fault of ours (seed ${seed})`,
  async () => {
    const alice = await memberWithPassword('alice')
    const good = await world(alice, (await cast('bob')).bob)
    const token = await makeToken(['read', 'write', 'profile'], alice)
    const browser = await browserOf(alice)
    const form = (await browser.open('/settings/password')).$('input[name=_csrf]').attr('value') ?? ''
    expect(form).not.toBe('')
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const random = dice(seed)
    const known: Good = (name) => (name === '_csrf' ? form : good(name, random))
    const callAt = ([method, path, names]: (typeof doors)[number]): RawRequest => {
      const isStream = path.startsWith('/api/v1/streaming')
      const isMember = random.below(3) > 0
      const asked = callOf(
        { method, path, names: names.split(' ') },
        random,
        known,
        isStream && isMember ? token : undefined,
      )
      const accept = random.pick(kinds)
      return { ...asked, headers: { ...asked.headers, accept, ...(isMember && !isStream ? { cookie } : {}) } }
    }
    for (const door of doors) await expectNone(Array.from({ length: rounds(12) }, () => callAt(door)))
  },
  BUDGET,
)
