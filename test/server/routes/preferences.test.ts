import { cast, member } from '#test/factories/account'
import { client } from '#test/support/client'
import { expectEntity } from '#test/support/contract'

const path = '/api/v1/preferences'

test('ACCT-40 TRIP-28 TRIP-55 preferences mirror the posting defaults, and say how content warnings are read', async () => {
  const alice = await member('alice', {
    user: {
      defaultVisibility: 'private',
      defaultSensitive: true,
      defaultLanguage: 'de',
      defaultQuotePolicy: 'nobody',
    },
  })
  const { status, body } = await client(alice).get(path)
  expect(status).toBe(200)
  expectEntity('Preferences', body)
  expect(body).toEqual({
    'posting:default:visibility': 'private',
    'posting:default:sensitive': true,
    'posting:default:language': 'de',
    'posting:default:quote_policy': 'nobody',
    'reading:expand:media': 'default',
    'reading:expand:spoilers': false,
    'reading:autoplay:gifs': false,
  })
})

test('MISC-15 preferences need a member and the granular scope of accounts', async () => {
  const { alice } = await cast('alice')
  expect((await client().get(path)).status).toBe(401)
  expect((await client(alice, ['read:statuses']).get(path)).status).toBe(403)
  expect((await client(alice, ['read:accounts']).get(path)).status).toBe(200)
})
