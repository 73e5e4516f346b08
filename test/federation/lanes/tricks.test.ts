import { instance } from '#config/instance'
import { idOf, type Json, typesOf } from '#federation/properties'
import { takeActivity } from '#federation/take-activity'
import { lanesOf } from '#test/support/fuzz-lanes'
import { ann, eve } from '#test/support/lane-mutations'
import { isTaken, signedDelivery } from '#test/support/lanes'
import { closeListeners } from '#test/support/listener'
import { startPayloadWorld } from '#test/support/payload-world'

const world = await startPayloadWorld()
const run = lanesOf(world)

afterAll(async () => {
  world[Symbol.dispose]()
  await closeListeners()
})

const AS = 'https://www.w3.org/ns/activitystreams'
const object = `${instance.origin}/users/1`
const like = (more: Json = {}): Json => ({
  '@context': AS,
  id: 'https://lanes.example/likes/1',
  type: 'Like',
  actor: ann,
  object,
  ...more,
})
const meaning = (terms: Json, more: Json = {}) => like({ '@context': [AS, terms], ...more })
const without = (json: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)))

// Each was taken, or refused, by Kith alone while it read names as they stand there; all were found by the fuzzer or on the way to it.
test.each<[string, Json, string]>([
  ['a context that takes the meaning of actor away', meaning({ actor: 'https://evil.example/x' }), '400'],
  ['a context that says there is no actor', meaning({ actor: null }), '400'],
  [
    'a context in which actor is the object',
    meaning({ actor: { '@id': 'as:object', '@type': '@id' } }),
    '400',
  ],
  [
    'a context that gives the prefix of all terms to somebody else',
    meaning({ as: 'https://evil.example/' }),
    '202 Like',
  ],
  ['a context in which a Like is a Delete', meaning({ Like: 'as:Delete' }), '202 Delete'],
  ['a context by which the id is a name', meaning({ id: 'as:name' }), '202 Like'],
  ['a context that forgets what was said before', like({ '@context': [AS, null] }), '400'],
  ['terms that are no terms', like({ '@context': [AS, 5] }), '400'],
  [
    'an actor under a name of the sender’s own',
    without(meaning({ who: { '@id': 'as:actor', '@type': '@id' } }, { who: ann }), 'actor'),
    '202 Like',
  ],
  [
    'another actor under such a name',
    without(meaning({ who: { '@id': 'as:actor', '@type': '@id' } }, { who: eve }), 'actor'),
    '401',
  ],
  [
    'an actor in what is only a nest',
    without(meaning({ n: '@nest' }, { n: { actor: ann } }), 'actor'),
    '202 Like',
  ],
  ['an actor by prefix', meaning({ p: 'https://lanes.example/users/' }, { actor: 'p:ann' }), '202 Like'],
  [
    'an actor with a base',
    meaning({ '@base': 'https://lanes.example/' }, { actor: 'users/ann' }),
    '202 Like',
  ],
  [
    'names with the prefix',
    without(like({ 'as:actor': { id: ann }, 'as:object': { id: object } }), 'actor', 'object'),
    '202 Like',
  ],
  ['names that are whole addresses', without(like({ [`${AS}#actor`]: { id: ann } }), 'actor'), '202 Like'],
  ['a type with the prefix', like({ type: 'as:Delete' }), '202 Delete'],
  ['a type that is a whole address', like({ type: `${AS}#Delete` }), '202 Delete'],
  [
    'the keywords themselves',
    without(like({ '@id': 'https://lanes.example/likes/1', '@type': 'Like' }), 'id', 'type'),
    '202 Like',
  ],
  ['a keyword beside its other name', like({ '@id': 'https://elsewhere.example/1' }), '400'],
  [
    'a graph',
    { '@context': AS, '@graph': [without(like(), '@context'), { id: eve, type: 'Like', actor: eve }] },
    '202 Like',
  ],
  ['an actor that is a list', like({ actor: { '@list': [ann] } }), '202 Like'],
])('lanes: %s is read as JSON-LD reads it: %#', async (_what, sent, outcome) => {
  const { kith, fedify } = await run(sent)
  const json = kith.json ?? {}
  expect([kith.status, typesOf(json)[0]].filter(Boolean).join(' ')).toBe(outcome)
  expect(isTaken(kith)).toBe(isTaken(fedify))
  if (kith.json) expect(idOf(kith.json.actor)).toBe(ann)
})

test('lanes: what two readings could tell apart is not expanded for whoever did not sign', async () => {
  const signing = { keyId: `${ann}#stub-key`, privateKeyPem: world.privateKeyPem }
  const request = signedDelivery(Buffer.from(JSON.stringify(meaning({ Like: 'as:Delete' }))), signing)
  const { signature: _, ...headers } = request.headers
  expect(await takeActivity({ ...request, headers })).toMatchObject({ status: 401, why: 'signature-missing' })
})

test.each<[string, Json]>([
  ['many values', meaning({ Like: 'as:Delete' }, { x: Array.from({ length: 600 }, () => 1) })],
  ['many objects', meaning({ Like: 'as:Delete' }, { x: Array.from({ length: 80 }, () => ({})) })],
  ['many contexts', like({ '@context': Array.from({ length: 20 }, () => AS), 'as:actor': ann })],
  [
    'a long context for many objects',
    meaning(
      { Like: 'as:Delete' },
      { '@context': [AS, 'https://schema.org/'], 'as:actor': ann, x: Array.from({ length: 20 }, () => ({})) },
    ),
  ],
])(
  'federation rule 50: of what is not plain, no more is expanded than costs little: %s',
  async (_what, sent) => {
    expect((await run(sent)).kith).toMatchObject({ status: 400, why: 'malformed' })
  },
)

// jsonld 9.0.0 keeps what it imports in the place of what it made of it: whatever begins with that context fails from then on.
test('lanes: a context that takes in another does not keep others from being read', async () => {
  const evil = { ...like(), '@context': [{ '@import': AS }] }
  const signing = { keyId: `${ann}#stub-key`, privateKeyPem: world.privateKeyPem }
  const send = (sent: Json) => takeActivity(signedDelivery(Buffer.from(JSON.stringify(sent)), signing))
  expect(await send(evil)).toMatchObject({ status: 400, why: 'malformed' })
  expect(await send(meaning({ Like: 'as:Delete' }, { id: 'https://lanes.example/likes/2' }))).toMatchObject({
    status: 202,
    why: 'new',
  })
})
