import { isActivityType } from '#federation/media-types'

const profile = 'https://www.w3.org/ns/activitystreams'

test.each([
  'application/activity+json',
  'application/activity+json; charset=utf-8',
  'Application/Activity+JSON',
  `application/ld+json; profile="${profile}"`,
  `application/ld+json;profile=${profile}`,
  `application/ld+json; charset=utf-8; profile="https://a.example/x ${profile}"`,
])('%s is an ActivityPub type', (type) => expect(isActivityType(type)).toBe(true))

test.each([
  undefined,
  '',
  'application/json',
  'text/plain',
  'application/octet-stream',
  'image/png',
  'text/html',
  'application/ld+json',
  'application/ld+json; profile="https://www.w3.org/ns/json-ld#compacted"',
  `application/ld+json; profile="${profile}x"`,
  'text/plain; application/activity+json',
  'application/activity+json-x',
  `text/html; profile="${profile}"`,
  ['application/activity+json', 'application/activity+json'],
])('CVE-2024-25623, CVE-2024-25636: %j is not', (type) => expect(isActivityType(type)).toBe(false))
