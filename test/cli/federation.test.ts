import { DomainRule } from '#core/instances/domain-rule.model'
import type { HostReport } from '#core/instances/host-report.queries'
import { flushRefusals } from '#core/instances/record-refusal'
import { recordFailure } from '#core/instances/record-contact'
import type { Sent } from '#core/instances/sent.queries'
import { clearAnswers } from '#core/instances/clear-answers'
import { createPost } from '#core/posts/create-post'
import { deletePost } from '#core/posts/delete-post'
import type { Stage } from '#core/remote'
import { takeActivity } from '#federation/take-activity'
import { rows } from '#platform/db'
import { as, cast, type Member } from '#test/factories/account'
import { follow } from '#test/factories/follow'
import { kith } from '#test/support/cli'
import { activityOf, type RemoteActor, signedPost, tell } from '#test/support/remote-actor'
import { settle } from '#test/support/settle'
import { stubActor } from '#test/support/stub-actor'
import { startStub, type StubServer } from '#test/support/stub-server'

let alice: Member
let ann: RemoteActor
let stub: StubServer
beforeEach(async () => {
  stub = await startStub()
  ;({ alice } = await cast('alice'))
  ann = await stubActor(stub, 'ann')
  await follow(ann, alice)
})
afterEach(() => stub.stop())

const all = () => settle({ except: ['schedule'] })
const sent = async (id: string): Promise<Sent[]> =>
  JSON.parse((await kith('federation', 'sent', id, '--json')).out)
const why = async (text: string): Promise<Record<string, Stage>> => {
  const { out } = await kith('federation', 'why', text, '--json')
  return Object.fromEntries((JSON.parse(out) as Stage[]).map((each) => [each.stage, each]))
}

describe('kith federation sent', () => {
  it('tells where a post went and what each server answered, and what still waits', async () => {
    const { id } = await as(alice, createPost, { text: 'one' })
    await settle()
    expect(await sent(id)).toMatchObject([
      { inbox: `${stub.origin}/inbox`, type: 'Create', state: 'waiting', status: null, tries: 0 },
    ])
    stub.status = 500
    stub.body = '<h1>out of\n order</h1>'
    await all()
    expect(await sent(id)).toMatchObject([
      { state: 'waiting', status: 500, detail: 'out of order', tries: 1, nextAt: expect.any(String) },
    ])
    stub.status = 202
    stub.body = ''
    await rows({}, `UPDATE owed_work SET due_at = now() WHERE kind = 'delivery'`)
    await all()
    const { code, out } = await kith('federation', 'sent', id)
    expect(code).toBe(0)
    expect(out).toMatch(/Create +delivered +2 +\d s ago +- +202/)
    expect(out).toContain('1 delivered')
    await as(alice, deletePost, { postId: id })
    await all()
    expect((await sent(id)).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'Create delivered',
      'Delete delivered',
    ])
  })

  it('shows what a server refused, without a secret in what is kept', async () => {
    stub.status = 410
    const { id } = await as(alice, createPost, { text: 'one' })
    await all()
    expect(await sent(id)).toMatchObject([{ state: 'refused', status: 410 }])
    const [{ kept } = { kept: '' }] = await rows<{ kept: string }>(
      {},
      'SELECT string_agg(a::text, chr(10)) AS kept FROM delivery_answers AS a',
    )
    expect(kept).not.toMatch(/PRIVATE|keyId|signature|Bearer/i)
  })

  it('keeps answers for 30 days', async () => {
    const { id } = await as(alice, createPost, { text: 'one' })
    await all()
    await rows({}, `UPDATE delivery_answers SET created_at = now() - interval '29 days'`)
    await clearAnswers(alice.ctx)
    expect(await sent(id)).toHaveLength(1)
    await rows({}, `UPDATE delivery_answers SET created_at = now() - interval '31 days'`)
    await clearAnswers(alice.ctx)
    expect(await sent(id)).toEqual([])
  })

  it('exits with 1 for posts that are not there and with 2 for words that are no post', async () => {
    expect(await kith('federation', 'sent', '999')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no post 999'),
    })
    expect(await kith('federation', 'sent', 'hello')).toMatchObject({ code: 2 })
  })
})

describe('kith federation host', () => {
  it('tells how a server behaves, what waits for it, and what of it was refused', async () => {
    await as(alice, createPost, { text: 'one' })
    await settle()
    for (let at = 0; at < 5; at += 1) await recordFailure(stub.domain, 'status 502')
    const forged = signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1'))
    forged.rawBody = Buffer.from(forged.rawBody.toString().replace('Like', 'Like '))
    await takeActivity(forged)
    await takeActivity(forged)
    await flushRefusals()
    const report = JSON.parse((await kith('federation', 'host', stub.domain, '--json')).out) as HostReport
    expect(report).toMatchObject({
      state: 'paused',
      recentFailures: 5,
      lastProblem: 'status 502',
      waiting: 1,
      dead: 0,
      refusals: [{ reason: 'signature-digest', count: 2 }],
    })
    const { out, code } = await kith('federation', 'host', stub.domain)
    expect(code).toBe(0)
    expect(out).toMatch(/paused +ends in 30 min/)
    expect(out).toMatch(/signature-digest +2 /)
  })

  it('knows nothing of strangers, and takes only domains', async () => {
    expect((await kith('federation', 'host', 'new.example')).out).toContain('unknown')
    expect(await kith('federation', 'host', 'https://new.example/')).toMatchObject({ code: 2 })
  })
})

describe('kith federation why', () => {
  it('walks all the way to an account that is well', async () => {
    await tell(
      { ...ann, keyId: `${stub.actor('ann')}#main-key` },
      activityOf(ann, 'Travel', 'https://a.example/1'),
    )
    const stages = await why(`@ann@${stub.domain}`)
    expect(Object.values(stages).filter(({ verdict }) => verdict === 'stops here')).toEqual([])
    expect(stages['WebFinger']).toMatchObject({
      verdict: 'ok',
      says: expect.stringContaining(stub.actor('ann')),
    })
    expect(stages['parsing']).toMatchObject({ verdict: 'ok', says: `the account ann@${stub.domain}` })
    expect(await kith('federation', 'why', `@ann@${stub.domain}`)).toMatchObject({ code: 0 })
  })

  it('walks to a post by its address', async () => {
    const note = stub.serve(stub.note('ann', '1'))
    expect((await why(String(note.id)))['parsing']).toMatchObject({
      verdict: 'ok',
      says: expect.stringContaining('public'),
    })
  })

  const stops: [string, string, (stub: StubServer) => Promise<string> | string][] = [
    ['address', 'no handle', () => 'hello world'],
    ['address', 'our own', () => 'http://localhost:3000/users/1'],
    [
      'block',
      'a suspended domain',
      async (at) => {
        await DomainRule.create({ domain: 'localhost', severity: 'suspend' })
        return at.actor('ann')
      },
    ],
    ['DNS', 'a name without an address', () => 'https://nobody.invalid/users/x'],
    ['TLS', 'a port where nobody listens', () => 'http://127.0.0.1:1/users/x'],
    ['WebFinger', 'a handle that nobody has', (at) => `@no-body@${at.domain}`],
    [
      'signature',
      'a server that refuses us',
      (at) => {
        at.refusal = 403
        return at.actor('ann')
      },
    ],
    ['document', 'what is not there', (at) => `${at.origin}/nothing`],
    [
      'parsing',
      'a type that Kith does not know',
      (at) => String(at.serve({ id: `${at.origin}/x`, type: 'Spaceship' }).id),
    ],
    [
      'parsing',
      'an author of another server',
      (at) => String(at.serve(at.note('ann', 'x', { attributedTo: 'https://other.example/u' })).id),
    ],
    [
      'queue',
      'a host whose breaker is open',
      async (at) => {
        for (let times = 0; times < 5; times += 1) await recordFailure(at.domain, 'status 502')
        return at.actor('ann')
      },
    ],
  ]
  it.each(stops)('stops at the stage %s for %s', async (stage, _what, prepare) => {
    const text = await prepare(stub)
    const { code, out, err } = await kith('federation', 'why', text)
    expect(out.split('\n').filter((line) => line.includes('stops here'))).toEqual([
      expect.stringMatching(new RegExp(`^${stage} +stops here .* → `)),
    ])
    expect({ code, err }).toEqual({ code: 1, err: `It stops at: ${stage}\n` })
  })

  it('prints no control characters of strangers', async () => {
    const odd = stub.serve({ id: `${stub.origin}/odd`, type: 'Space\u001b[2Jship' })
    const { out } = await kith('federation', 'why', String(odd.id))
    expect(out).toContain('ship')
    expect(out).not.toContain('\u001b')
  })

  it('stores nothing', async () => {
    const count = async () => (await rows({}, 'SELECT id FROM accounts WHERE domain IS NOT NULL')).length
    const before = await count()
    await why(`@somebody@${stub.domain}`)
    expect(await count()).toBe(before)
  })

  it('federation rule 234: says what of the server was refused at the inbox', async () => {
    const forged = signedPost(ann, activityOf(ann, 'Like', 'https://a.example/1'))
    Object.assign(forged.headers, { date: new Date(Date.now() - 86_400_000 * 3).toUTCString() })
    await takeActivity(forged)
    const { inbox } = await why(stub.actor('ann'))
    expect(inbox).toMatchObject({ verdict: 'look', says: expect.stringMatching(/signature-\w+ 1×/) })
  })
})
