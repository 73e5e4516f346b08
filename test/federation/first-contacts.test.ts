import { mayMeet } from '#federation/first-contacts'
import { openRedis } from '#platform/redis'

beforeAll(openRedis)

test('R-087 forty people of one new host meet it once; the eleventh new host of a domain waits', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => mayMeet('new.example.org')))
  expect(new Set(answers)).toEqual(new Set([true]))
  for (let at = 0; at < 9; at += 1) expect(await mayMeet(`n${at}.example.org`)).toBe(true)
  expect(await mayMeet('one-too-many.example.org')).toBe(false)
  expect(await mayMeet('new.example.org')).toBe(true)
})
