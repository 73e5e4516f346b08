import { addressKey } from '#platform/address-key'

test('CVE-2026-30827, RATE-01 an address is told apart by its first half when it is IPv6, and mapped ones as what they are', () => {
  const keys = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:c000:208', '192.0.2.8'],
    ['2001:db8:0:2::1', '2001:db8:0:2'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1'],
    ['2001:DB8::1', '2001:db8:0:0'],
    ['2001:0db8:0000:0001::', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ] as const
  for (const [address, key] of keys) expect(addressKey(address)).toBe(key)
})
