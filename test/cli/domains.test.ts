import { stranger } from '#test/factories/account'
import { kith } from '#test/support/cli'

const listed = async () => JSON.parse((await kith('domains', 'list', '--json')).out)

test('domains limit and unlimit say what changed, and domains list what holds', async () => {
  await stranger('ann', 'loud.example')
  const { code, out } = await kith('domains', 'limit', 'Loud.example', '--public-comment', 'noise')
  expect([code, out]).toEqual([0, 'loud.example is limited, and with it 1 accounts that were not before.\n'])
  expect(await listed()).toEqual([
    {
      domain: 'loud.example',
      severity: 'silence',
      isAllowed: false,
      rejectMedia: false,
      publicComment: 'noise',
      privateComment: null,
      since: expect.any(String),
    },
  ])
  await kith('domains', 'limit', 'loud.example', '--private-comment', 'since May')
  expect((await kith('domains', 'list')).out).toMatch(/loud\.example +limited +\d+ s ago +noise +since May/)
  expect(await kith('domains', 'unlimit', 'loud.example')).toMatchObject({ code: 0 })
  expect(await listed()).toEqual([])
  expect(await kith('domains', 'unlimit', 'loud.example')).toMatchObject({ code: 1 })
  expect(await kith('domains', 'limit', 'https://loud.example')).toMatchObject({ code: 1 })
})

test('domains allow and disallow say with whom the instance speaks where it speaks with allowed ones only', async () => {
  expect((await kith('domains', 'allow', 'friend.example')).out).toMatch(/is allowed; .*federation allowed/)
  expect(await kith('config', 'set', 'federation', 'allowed')).toMatchObject({ code: 0 })
  expect((await kith('domains', 'allow', 'Friend.example')).out).toBe('friend.example is allowed.\n')
  await kith('domains', 'limit', 'friend.example')
  expect((await kith('domains', 'list')).out).toMatch(/friend\.example +allowed, limited/)
  await kith('domains', 'unlimit', 'friend.example')
  expect(await kith('domains', 'disallow', 'friend.example')).toMatchObject({ code: 0 })
  expect(await listed()).toEqual([])
  expect(await kith('config', 'set', 'federation', 'closed')).toMatchObject({ code: 1 })
  await kith('config', 'set', 'federation', 'open')
})

test('domains block and unblock say what changed, and domains list what holds', async () => {
  await stranger('ann', 'bad.example')
  const { code, out } = await kith('domains', 'block', 'Bad.example', '--private-comment', 'spam')
  expect([code, out]).toEqual([
    0,
    'bad.example is suspended, and with it 1 accounts that were not before. 0 members lose follows.\n',
  ])
  expect((await kith('domains', 'list')).out).toMatch(/bad\.example +suspended +\d+ s ago +spam/)
  expect(await kith('domains', 'limit', 'bad.example')).toMatchObject({ code: 1 })
  expect((await kith('domains', 'unblock', 'bad.example')).out).toMatch(
    /^It is not suspended any more\. 1 acc/,
  )
  expect(await listed()).toEqual([])
  expect(await kith('domains', 'unblock', 'bad.example')).toMatchObject({ code: 1 })
})
