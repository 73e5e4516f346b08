import { parseHandle } from '#core/accounts/parse-handle'
import { assertHandleDomain } from '#federation/handle-domain'
import { isSameId } from '#federation/same-id'
import { Invalid } from '#platform/errors'
import { checkUrl } from '#platform/addresses'

const strict = { allowPrivate: false, ports: [443] }
const id = 'https://bücher.example.org/users/vic'

test.each([
  'https://xn--bcher-kva.example.org/users/vic',
  'HTTPS://BÜCHER.Example.ORG/users/vic',
  'https://bücher.example.org:443/users/vic',
  'https://b\u00adücher.example.org/users/vic',
  'https://ｂücher.example.org/users/vic',
  'https://b%C3%BCcher.example.org/users/vic',
  'https:\\\\bücher.example.org\\users\\vic',
])('CVE-2023-42451: %s is the same id, written otherwise', (other) => expect(isSameId(id, other)).toBe(true))

test.each([
  'https://bücher.example.org./users/vic',
  'https://bucher.example.org/users/vic',
  'https://bücher.example.org:8443/users/vic',
  'https://vic@bücher.example.org/users/vic',
  'https://bücher.example.org/users/Vic',
  'https://bücher.example.org/users/vic/',
  'https://bücher.example.org/users/vic#x',
  'http://bücher.example.org/users/vic',
  'https://evil.test/https://bücher.example.org/users/vic',
  'bücher.example.org/users/vic',
  '',
  null,
  undefined,
  [id],
  { id },
])('CVE-2023-42451, rule 84: %j is another id, or none', (other) => expect(isSameId(id, other)).toBe(false))

test('rule 16: two things that are no addresses are not the same', () => {
  expect(isSameId('x', 'x')).toBe(false)
  expect(isSameId(undefined, undefined)).toBe(false)
})

const domainOf = (handle: string) => parseHandle(handle)?.domain

test('CVE-2023-42451: a domain in a handle has one spelling', () => {
  for (const spelling of [
    'bücher.example.org',
    'BÜCHER.example.ORG',
    'xn--bcher-kva.example.org',
    'b\u00adücher.example.org',
    'ｂücher.example.org',
  ]) {
    expect([spelling, domainOf(`acct:vic@${spelling}`)]).toEqual([spelling, 'xn--bcher-kva.example.org'])
  }
})

test.each([
  'good.test.',
  'good_.example.org/',
  'good.example.org.',
  'a\\good.example.org',
  'good.example.org:443',
  'good.example.org%00',
  'g\u0000d.example.org',
])('CVE-2023-42451: %j is no second spelling of a domain', (spelling) => {
  const domain = domainOf(`acct:vic@${spelling}`)
  expect(() => assertHandleDomain(domain ?? '', strict)).toThrow(Invalid)
})

test('CVE-2023-42451: an address whose host is not written plainly is not fetched under two names', () => {
  expect(() => checkUrl('https://good.example.org./', strict)).toThrow('could not be reached')
  expect(checkUrl('https://GOOD.example.org:443/', strict).href).toBe('https://good.example.org/')
})
