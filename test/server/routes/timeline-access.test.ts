import { changeSettings } from '#core/instances/change-settings'
import { type Settings, usualSettings } from '#core/instances/read-settings'
import { nowhere } from '#core/remote'
import type { Id } from '#platform/ids'
import { cast, member, type Member, stranger } from '#test/factories/account'
import { post } from '#test/factories/post'
import { client, makeToken, request } from '#test/support/client'
import { expectEntity } from '#test/support/contract'
import { closeAll, openSocket } from '#test/support/streams'

const feeds = ['localFeeds', 'remoteFeeds', 'localTagFeeds', 'remoteTagFeeds'] as const
const decide = (changes: Partial<Settings>) =>
  changeSettings({ actor: { kind: 'operator' }, remote: nowhere }, changes)
const bees = { hashtags: [{ name: 'bees', display: 'Bees' }] }
const paths = ['/api/v1/timelines/public', '/api/v1/timelines/tag/bees']

let alice: Member
let ids: { here: Id; there: Id }

beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  const remote = await stranger('remote')
  const here = await post(alice, bees)
  ids = { here: here.id, there: (await post(remote, { uri: 'https://remote.example/1', ...bees })).id }
})
afterEach(async () => {
  closeAll()
  await decide(Object.fromEntries(feeds.map((name) => [name, usualSettings[name]])))
})

const read = async (app: ReturnType<typeof client>, path: string): Promise<Id[] | number> => {
  const { status, body } = await app.get(path)
  return status === 200 ? body.map(({ id }: { id: Id }) => id) : status
}

test('TL-15 what only members may read is 422 for everybody else, and the instance says so', async () => {
  await decide({ remoteFeeds: 'users', remoteTagFeeds: 'users' })
  for (const path of paths) {
    expect(await read(client(alice), path)).toEqual([ids.there, ids.here])
    for (const query of ['', '?remote=true', '?local=true&remote=true'])
      expect(await read(client(), path + query)).toBe(422)
    expect(await read(client(), `${path}?local=true`)).toEqual([ids.here])
  }
  expect((await client().get(paths[0]!)).body.error).toBe('This method requires an authenticated user')
  const { body } = await request('GET', '/api/v2/instance')
  expectEntity('Instance', body)
  expect(body.configuration.timelines_access).toMatchObject({
    live_feeds: { local: 'public', remote: 'authenticated' },
    hashtag_feeds: { local: 'public', remote: 'authenticated' },
  })
})

test('TL-15 what is disabled is empty for members, but not for staff', async () => {
  const olive = await member('olive', { user: { role: 'moderator' } })
  await decide(Object.fromEntries(feeds.map((name) => [name, 'disabled'])))
  for (const path of paths) {
    expect(await read(client(alice), path)).toEqual([])
    expect(await read(client(), path)).toBe(422)
    expect(await read(client(olive), path)).toEqual([ids.there, ids.here])
  }
  await decide({ localFeeds: 'users', localTagFeeds: 'users' })
  for (const path of paths) {
    expect(await read(client(alice), path)).toEqual([ids.here])
    expect(await read(client(alice), `${path}?remote=true`)).toEqual([])
  }
})

test('TL-15 streams and pages show no more than the timelines do', async () => {
  await decide({ remoteFeeds: 'disabled', remoteTagFeeds: 'disabled', localFeeds: 'users' })
  const { say, frames, done } = await openSocket('', { token: await makeToken(['read'], alice) })
  for (const stream of ['public', 'public:remote', 'public:media']) say({ type: 'subscribe', stream })
  say({ type: 'subscribe', stream: 'hashtag', tag: 'bees' })
  for (let count = 0; count < 4; count += 1) expect(await frames.next()).toMatchObject({ status: 401 })
  say({ type: 'subscribe', stream: 'public:local' })
  say({ type: 'subscribe', stream: 'hashtag:local', tag: 'bees' })
  await done()
  expect(frames.all).toEqual([])
  const page = async (path: string) => String((await request('GET', path)).body)
  expect(await page('/tags/bees')).toContain(ids.here)
  expect(await page('/tags/bees')).not.toContain('https://remote.example/1')
  expect(await page('/')).not.toContain(`/@alice/${ids.here}`)
})
