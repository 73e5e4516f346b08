import { dialectAt, dialectOf } from '#core/instances/dialect'
import { Instance } from '#core/instances/instance.model'
import { learnSoftware } from '#federation/learn-software'
import { rows } from '#platform/db'
import { inSeconds } from '#platform/clock'
import { cast, type Member } from '#test/factories/account'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let far: StubServer
beforeAll(async () => void (far = await startStub()))
afterAll(() => far.stop())
beforeEach(async () => {
  ;({ alice } = await cast('alice'))
  far.documents.clear()
  await Instance.create({ domain: far.domain, lastContactAt: inSeconds(-60) })
})

const says = (software: unknown) => {
  const links = [
    { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: `${far.origin}/old` },
    { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1', href: '/nodeinfo/2.1' },
  ]
  far.documents.set('/.well-known/nodeinfo', { links })
  far.documents.set('/nodeinfo/2.1', { version: '2.1', software })
}
const learnt = async () => {
  await learnSoftware(alice.ctx)
  return Instance.findByPk(far.domain, { rejectOnEmpty: true })
}
const daysPass = () => rows({}, `UPDATE instances SET nodeinfo_fetched_at = now() - interval '2 days'`)

test('nodeinfo-03: what a known host runs is learned from its NodeInfo, once a day', async () => {
  says({ name: 'Akkoma', version: '3.15.0' })
  expect(await learnt()).toMatchObject({ software: 'akkoma', version: '3.15.0' })
  expect(await dialectAt(far.domain)).toBe('pleroma')
  says({ name: 'sharkey', version: '1' })
  expect((await learnt()).software).toBe('akkoma')
  await daysPass()
  expect((await learnt()).software).toBe('sharkey')
  expect(await dialectAt(far.domain)).toBe('misskey')
})

test('nodeinfo-03: a host that says nothing of use is not asked again before tomorrow', async () => {
  for (const software of [undefined, 'lemmy', { name: 7 }, { version: '1' }]) {
    says(software)
    await daysPass()
    expect((await learnt()).software).toBeNull()
  }
  far.documents.set('/.well-known/nodeinfo', { links: [{ rel: 'x', href: 'file:///etc/passwd' }] })
  await daysPass()
  const before = await learnt()
  expect(before.nodeinfoFetchedAt).not.toBeNull()
  says({ name: 'lemmy' })
  expect((await learnt()).software).toBeNull()
})

test('nodeinfo-03: a document on another server is not asked for, and who was not there for a week neither', async () => {
  says({ name: 'lemmy' })
  const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
  far.documents.set('/.well-known/nodeinfo', { links: [{ rel, href: 'http://127.0.0.1:1/nodeinfo' }] })
  expect((await learnt()).software).toBeNull()
  says({ name: 'lemmy' })
  await daysPass()
  await Instance.update({ lastContactAt: inSeconds(-8 * 86_400) }, { where: { domain: far.domain } })
  expect((await learnt()).software).toBeNull()
})

test('wire G5: a dialect that ends with a version is told by the version', () => {
  const versions = ['0.17.4', '0.19.2 git-0a1b2c3', '0.20.0', '0.2.0', '1.1.0', null]
  const early = versions.filter((version) => dialectOf('gotosocial', version) === 'early-gotosocial')
  expect(early).toEqual(['0.17.4', '0.19.2 git-0a1b2c3'])
})

test('wire G5: what nobody knows speaks no dialect', async () => {
  expect([dialectOf('Mastodon'), dialectOf(null), dialectOf('PIEFED')]).toEqual([
    'other',
    'other',
    'threadiverse',
  ])
  expect(await dialectAt('nobody.example')).toBe('other')
})
