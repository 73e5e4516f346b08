import { assertMayTry } from '#core/auth/log-in-limits'
import { TooMany } from '#platform/errors'

test('CVE-2022-35925, CVE-2026-30827: a hundred tries an hour come from one network, whichever of its addresses they come from', async () => {
  for (let at = 0; at < 100; at += 1) await assertMayTry(`nobody${at}`, `2001:db8:0:1::${at.toString(16)}`)
  await expect(assertMayTry('alice', '2001:db8:0:1:ffff::1')).rejects.toThrow(TooMany)
  await assertMayTry('alice', '2001:db8:0:2::1')
})
