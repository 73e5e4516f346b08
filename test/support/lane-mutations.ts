import { instance } from '#config/instance'
import { isJson, type Json } from '#federation/properties'
import type { Dice } from './fuzz.ts'
import { contextsElsewhere, core, inline } from './lane-contexts.ts'

const AS = 'https://www.w3.org/ns/activitystreams'
const NS = `${AS}#`
export const ann = 'https://lanes.example/users/ann'
export const eve = 'https://elsewhere.example/users/eve'
const here = `${instance.origin}/users/1`

/** One of each kind of activity that servers send, by ann. */
export function activities(at: number): Json[] {
  const id = (kind: string) => `https://lanes.example/${kind}/${at}`
  const note = {
    id: id('notes'),
    type: 'Note',
    attributedTo: ann,
    to: [`${NS}Public`],
    cc: [`${ann}/followers`, here],
    content: '<p>hello</p>',
    contentMap: { en: '<p>hello</p>' },
    summary: null,
    inReplyTo: `${here}/posts/2`,
    published: '2026-03-04T10:11:12Z',
    url: id('@ann'),
    tag: [{ type: 'Mention', href: here, name: '@alice' }],
    attachment: [{ type: 'Document', mediaType: 'image/png', url: id('files') }],
  }
  const activity = (type: string, object: unknown, more: Json = {}): Json => ({
    '@context': [AS, { toot: 'http://joinmastodon.org/ns#', sensitive: 'as:sensitive', Emoji: 'toot:Emoji' }],
    id: id(type),
    type,
    actor: ann,
    object,
    ...more,
  })
  const like = { id: id('likes'), type: 'Like', actor: ann, object: `${here}/posts/2` }
  return [
    activity('Create', note, { to: note.to, cc: note.cc, published: note.published }),
    activity('Update', { ...note, updated: '2026-03-05T10:11:12Z' }),
    activity('Like', `${here}/posts/2`),
    activity('Follow', here),
    activity('Announce', `${here}/posts/2`, { to: [`${NS}Public`], cc: [here] }),
    activity('Undo', like),
    activity('Delete', { id: note.id, type: 'Tombstone' }),
    activity('Accept', { id: `${here}/follows/3`, type: 'Follow', actor: here, object: ann }),
    activity('Add', note.id, { target: `${ann}/featured` }),
    activity('Move', ann, { target: 'https://lanes.example/users/ann2' }),
    activity('Block', here),
    activity('Flag', [here, `${here}/posts/2`], { content: 'spam', to: [here] }),
  ]
}

type Change = (json: Json, die: Dice) => Json

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const withContext =
  (make: (contexts: unknown[], die: Dice) => unknown): Change =>
  (json, die) => {
    const made = make(listOf(json['@context']), die)
    const { '@context': _, ...rest } = json
    return made === undefined ? rest : { '@context': made, ...rest }
  }

const contextChanges: Change[] = [
  withContext(() => undefined),
  withContext((all) => all.toReversed()),
  withContext((all) => all[0]),
  withContext((all) => all.slice(1)),
  withContext((all, die) => [...all, inline(die)]),
  withContext((all, die) => [...all, inline(die)]),
  withContext((all, die) => [...all, inline(die)]),
  withContext((all, die) => [inline(die), ...all]),
  withContext((all, die) => [...all, inline(die), inline(die)]),
  withContext((all, die) => [...all, die.pick(contextsElsewhere)]),
  withContext((all, die) => [die.pick(contextsElsewhere), ...all]),
  withContext((_, die) => die.pick(contextsElsewhere)),
  withContext((all, die) =>
    die.pick<unknown>([null, [...all, null], [null, ...all], [all], [], {}, 5, 'x', [5]]),
  ),
  (json, die) => inside(json, (object) => ({ '@context': [AS, inline(die)], ...object })),
  (json, die) => inside(json, (object) => ({ '@context': inline(die), ...object })),
]

const inside = (json: Json, change: (object: Json) => Json): Json =>
  isJson(json.object) ? { ...json, object: change(json.object) } : json

const typeOf = (json: Json): string => (typeof json.type === 'string' ? json.type : 'Like')

const typeChanges: Change[] = [
  (json) => ({ ...json, type: [typeOf(json)] }),
  (json, die) => ({ ...json, type: [typeOf(json), die.pick(['Like', 'Object', 'Story', 'Delete'])] }),
  (json, die) => ({
    ...json,
    type: [die.pick(['Like', 'Bite', 'Person', 'DataIntegrityProof']), typeOf(json)],
  }),
  (json, die) => ({ ...json, type: [typeOf(json), die.pick<unknown>([null, 5, {}, ''])] }),
  (json) => ({ ...json, type: NS + typeOf(json) }),
  (json) => ({ ...json, type: `as:${typeOf(json)}` }),
  (json) => ({ ...json, type: `p:${typeOf(json)}` }),
  (json) => ({ ...json, type: typeOf(json).toLowerCase() }),
  (json, die) => ({
    ...json,
    type: die.pick<unknown>([
      'Story:Reply',
      'Bite',
      'Note',
      'Person',
      'Activity',
      '',
      ' ',
      null,
      5,
      {},
      [],
      'actor',
    ]),
  }),
  ({ type, ...json }) => ({ ...json, '@type': type }),
  (json, die) => ({ ...json, '@type': die.pick(['Like', 'Delete', NS + typeOf(json)]) }),
  (json, die) => inside(json, (object) => die.pick(typeChanges)(object, die)),
]

const odd = (die: Dice): unknown =>
  die.pick<unknown>([
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    {},
    [],
    [[]],
    [null],
    'x'.repeat(3000),
    '_:b0',
    'not an address',
    'https://',
    'https://[bad',
    'javascript:alert(1)',
    'acct:ann@lanes.example',
    '/users/ann',
    '#me',
    ann,
    eve,
    `${ann}#me`,
    'HTTPS://LANES.EXAMPLE/users/ann',
    'https://lanes.example:443/users/ann',
    'https://lanes.example/users/../users/ann',
    'https://lanes.example/users/%61nn',
    ' https://lanes.example/users/ann',
    'https://user:pw@lanes.example/users/ann',
    'http://lanes.example/users/ann',
    'https://lanes.example.evil.example/users/ann',
    'https://xn--bcher-kva.example/users/ann',
    'https://bücher.example/users/ann',
    'as:Public',
    'Public',
    'p:ann',
    'p:Public',
    { id: eve },
    { id: ann, type: 'Person' },
    { id: ann, type: 'Bite' },
    { '@id': ann },
    { '@id': eve, id: ann },
    { type: 'Link', href: ann },
    { '@value': ann },
    { '@value': ann, '@type': 'xsd:anyURI' },
    { '@list': [ann] },
    { '@set': [ann, eve] },
    { '@graph': [{ id: ann }] },
    [ann, eve],
    [eve, ann],
    [ann, 5, null, {}],
    { en: ann },
    '2026-99-99',
    '2026-03-04T10:11:12+02:00',
  ])

const wrappings: ((value: unknown) => unknown)[] = [
  (value) => [value],
  (value) => [[value]],
  (value) => [value, null],
  (value) => [value, value],
  (value) => ({ '@list': listOf(value) }),
  (value) => ({ '@set': listOf(value) }),
  (value) => ({ '@value': value }),
  (value) => ({ '@id': value }),
  (value) => ({ id: value }),
  (value) => ({ type: 'Link', href: value }),
  (value) => (Array.isArray(value) ? value[0] : value),
]

const renamed = (json: Json, from: string, to: string): Json =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [name === from ? to : name, value]))

const names = [...core, 'published', 'tag', 'name', 'summary', 'signature', 'proof', 'url']

const shapeChanges: Change[] = [
  (json, die) => ({ ...json, [die.pick(names)]: odd(die) }),
  (json, die) => ({ ...json, [die.pick(core)]: odd(die) }),
  (json, die) => wrapOne(json, die),
  (json, die) => wrapOne(json, die),
  (json, die) => inside(json, (object) => ({ ...object, [die.pick(names)]: odd(die) })),
  (json, die) => inside(json, (object) => wrapOne(object, die)),
  (json, die) => dropOne(json, die),
  (json, die) => renameOne(json, die),
  (json, die) => renameOne(json, die),
  (json, die) => ({
    ...json,
    [die.pick(['who', 'p:actor', 'as:actor', `${NS}actor`, 'as:object', '@id', 'as:to'])]: odd(die),
  }),
  (json, die) => ({
    ...json,
    [die.pick(['n', '@nest', '@included', '@reverse', '@graph', 'who'])]: die.pick<unknown>([
      { actor: eve },
      { object: eve },
      [{ id: eve, actor: ann }],
      { actor: [eve] },
    ]),
  }),
  ({ '@context': context, ...json }, die) => ({
    '@context': context,
    '@graph': die.pick<unknown>([[json], json, [json, { id: eve, type: 'Like', actor: eve }], []]),
  }),
  (json) => ({ ...json, object: listOf(json.object) }),
  (json, die) => ({ ...json, object: [...listOf(json.object), odd(die)] }),
  (json, die) =>
    inside(json, (object) => ({
      ...object,
      contentMap: die.pick<unknown>([
        { en: 'a', de: 'b' },
        { '@none': 'x' },
        { en: ['a', 'b'] },
        { 'not a tag': 'x' },
        'x',
        [],
        { en: null },
      ]),
    })),
  (json) => inside(json, ({ content, ...object }) => ({ ...object, contentMap: { de: content } })),
  (json, die) => nest(json, 1 + die.below(20)),
  (json, die) => ({
    ...json,
    actor: die.pick<unknown>([
      { id: ann, type: 'Person' },
      { id: ann, type: 'Person', inbox: `${ann}/inbox` },
      [ann, eve],
      [{ id: ann }, eve],
      eve,
    ]),
  }),
]

const nest = (json: Json, levels: number): Json => {
  let inner: Json = json
  for (let level = 0; level < levels; level++)
    inner = { id: `${String(json.id)}/${level}`, type: 'Undo', actor: ann, object: inner }
  return { '@context': json['@context'], ...inner }
}

function wrapOne(json: Json, die: Dice): Json {
  const name = die.pick(Object.keys(json).filter((each) => each !== '@context'))
  return { ...json, [name]: die.pick(wrappings)(json[name]) }
}

const dropOne = (json: Json, die: Dice): Json => {
  const name = die.pick(Object.keys(json))
  return Object.fromEntries(Object.entries(json).filter(([each]) => each !== name))
}

const renameOne = (json: Json, die: Dice): Json => {
  const name = die.pick(Object.keys(json).filter((each) => each !== '@context'))
  const to = die.pick([
    `as:${name}`,
    NS + name,
    `p:${name}`,
    'who',
    name === 'id' ? '@id' : name === 'type' ? '@type' : `as:${name}`,
  ])
  return renamed(json, name, to)
}

/** An activity in which one to three things are as nobody sends them. */
export function mutate(at: number, die: Dice): Json {
  let json = die.pick(activities(at))
  for (let left = die.pick([1, 1, 1, 2, 2, 3]); left > 0; left--) {
    const changes = die.pick([contextChanges, contextChanges, typeChanges, shapeChanges, shapeChanges])
    json = die.pick(changes)(json, die)
  }
  return JSON.parse(JSON.stringify(json)) as Json
}
