import { bury, claim, postpone } from '#platform/claims'
import type { DeadLetter } from '#platform/dead-letters'
import type { OwedFigures } from '#platform/owed-figures'
import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { kith } from '#test/support/cli'

const owed = (...kinds: string[]): Promise<void> =>
  transact({}, (ctx) =>
    owe(
      ctx,
      kinds.map((kind, at) => ({ kind, payload: { at } })),
    ),
  )

const buried = async (kind: string, reason: string): Promise<string> => {
  await owed(kind)
  const [row] = await claim(kind, 1)
  await bury(row!, reason)
  return row!.id
}

const status = async (): Promise<OwedFigures[]> => JSON.parse((await kith('queue', 'status', '--json')).out)
const dead = async (): Promise<DeadLetter[]> => JSON.parse((await kith('queue', 'dead', '--json')).out)

describe('kith queue', () => {
  it('counts work by kind and state, and tells how long the oldest has been due', async () => {
    await owed('mail', 'mail', 'inbox', 'inbox')
    await claim('mail', 1)
    const [failing] = await claim('inbox', 1)
    await postpone(failing!, { seconds: 3600, reason: 'no answer', isCounted: true })
    await buried('fact', 'boom')
    expect(await status()).toEqual([
      { kind: 'fact', waiting: 0, running: 0, retrying: 0, dead: 1, oldestDue: null },
      { kind: 'inbox', waiting: 1, running: 0, retrying: 1, dead: 0, oldestDue: expect.any(Number) },
      { kind: 'mail', waiting: 1, running: 1, retrying: 0, dead: 0, oldestDue: expect.any(Number) },
    ])
  })

  it('lists dead work with its reason, its times and its tries', async () => {
    const id = await buried('mail', 'Error: no such address')
    await buried('inbox', 'boom')
    const { out } = await kith('queue', 'dead', '--kind', 'mail')
    expect(out).toMatch(
      new RegExp(`${id} +mail +1 +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d.+Error: no such address`),
    )
    expect(out).not.toContain('boom')
    expect(await dead()).toHaveLength(2)
  })

  it('owes one dead piece of work again, as new', async () => {
    const id = await buried('mail', 'boom')
    await buried('mail', 'boom')
    expect(await kith('queue', 'retry', id)).toMatchObject({ code: 0, out: 'Owed again: 1\n' })
    expect(await claim('mail', 10)).toMatchObject([{ id, attempts: 1 }])
    expect(await dead()).toHaveLength(1)
  })

  it('owes all dead work of a kind again, or all there is', async () => {
    await buried('mail', 'boom')
    await buried('inbox', 'boom')
    await buried('inbox', 'boom')
    expect((await kith('queue', 'retry', '--kind', 'inbox')).out).toBe('Owed again: 2\n')
    expect((await kith('queue', 'retry', '--all')).out).toBe('Owed again: 1\n')
    expect(await dead()).toEqual([])
  })

  it('drops a piece of work, and with --dry-run only says which', async () => {
    const id = await buried('mail', 'boom')
    expect((await kith('queue', 'drop', id, '--dry-run')).out).toBe(`Would drop mail ${id}: {"at":0}\n`)
    expect(await dead()).toHaveLength(1)
    expect((await kith('queue', 'drop', id)).out).toBe(`Dropped mail ${id}: {"at":0}\n`)
    expect(await dead()).toEqual([])
  })

  it('leaves work alone that a worker holds', async () => {
    await owed('mail')
    const [held] = await claim('mail', 1)
    expect(await kith('queue', 'drop', held!.id)).toMatchObject({
      code: 1,
      err: expect.stringContaining('at this moment'),
    })
    expect(await status()).toMatchObject([{ kind: 'mail', running: 1 }])
  })

  it('exits with 1 for work that does not exist and with 2 for words that make no sense', async () => {
    expect(await kith('queue', 'drop', '999999')).toMatchObject({ code: 1 })
    expect(await kith('queue', 'retry', '999999')).toMatchObject({ code: 1 })
    expect(await kith('queue', 'retry')).toMatchObject({ code: 2, err: expect.stringContaining('--all') })
    expect(await kith('queue', 'retry', '1', '--all')).toMatchObject({ code: 2 })
    expect(await kith('queue', 'drop', 'x')).toMatchObject({ code: 2 })
  })
})
