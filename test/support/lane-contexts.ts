import type { Json } from '#federation/properties'
import type { Dice } from './fuzz.ts'

const AS = 'https://www.w3.org/ns/activitystreams'
const NS = `${AS}#`

/** The properties that say who did what to what. */
export const core = [
  'actor',
  'object',
  'type',
  'id',
  'target',
  'to',
  'cc',
  'attributedTo',
  'inReplyTo',
  'content',
]
/** Contexts that others name, and what is none. */
export const contextsElsewhere = [
  'https://unknown.example/context',
  'https://w3id.org/security/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/identity/v1',
  'https://schema.org/',
  'https://pleroma.example/schemas/litepub-0.1.jsonld',
  'https://hub.example/apschema/v1.9',
  'https://gotosocial.org/ns',
  'https://join-lemmy.org/context.json',
  'http://www.w3.org/ns/activitystreams',
  'not an address',
  '',
]

/** What a term can be told to mean. */
const meanings = (die: Dice): unknown =>
  die.pick<unknown>([
    'https://evil.example/x',
    `as:${die.pick(core)}`,
    `${NS}${die.pick(core)}`,
    { '@id': `as:${die.pick(core)}`, '@type': '@id' },
    { '@id': `as:${die.pick(core)}` },
    {
      '@id': `as:${die.pick(core)}`,
      '@container': die.pick(['@list', '@set', '@language', '@index', '@id', '@graph']),
    },
    { '@id': `as:${die.pick(core)}`, '@type': die.pick(['@vocab', '@json', '@none', 'xsd:string']) },
    { '@reverse': `as:${die.pick(core)}` },
    { '@id': 'as:object', '@context': { actor: 'https://evil.example/x' } },
    die.pick(core),
    '@id',
    '@type',
    '@nest',
    '@graph',
    '@included',
    '@value',
    null,
    {},
    7,
    'as:Create',
    'as:Like',
    NS,
    'https://www.w3.org/ns/',
  ])

/** A context that stands in a document. */
export const inline = (die: Dice): Json =>
  die.pick<Json>([
    { [die.pick(core)]: meanings(die) },
    { [die.pick(core)]: meanings(die), [die.pick(core)]: meanings(die) },
    { [die.pick(['Create', 'Like', 'Note', 'Follow'])]: meanings(die) },
    { who: meanings(die) },
    { as: die.pick([NS, 'https://evil.example/ns#', AS]) },
    { p: die.pick([NS, 'https://lanes.example/users/', 'https://www.w3.org/ns/']) },
    { https: 'https://evil.example/', tag: 'https://evil.example/' },
    { '@vocab': die.pick<unknown>([NS, '_:', 'https://evil.example/', '', null]) },
    { '@base': die.pick(['https://lanes.example/', 'https://elsewhere.example/']) },
    { '@language': die.pick<unknown>(['en', 'und', null, 5]) },
    { '@version': die.pick<unknown>([1.1, 1]) },
    { '@protected': true, sensitive: 'as:sensitive' },
    { '@propagate': false, who: 'as:actor' },
    { sensitive: 'https://evil.example/x', PropertyValue: 'schema:PropertyValue' },
    { 'as:actor': { '@id': 'as:actor', '@type': '@id' } },
    { inReplyToAtomUri: 'ostatus:inReplyToAtomUri', ostatus: 'http://ostatus.org#' },
  ])
