import type { Json } from './properties.ts'

// What the bundled contexts of other projects say, for those that the library does not bring along (wire.md 14).
const namespaces = {
  as: 'https://www.w3.org/ns/activitystreams#',
  diaspora: 'https://diasporafoundation.org/ns/',
  fedibird: 'http://fedibird.com/ns#',
  fw: 'https://funkwhale.audio/ns#',
  gts: 'https://gotosocial.org/ns#',
  lemmy: 'https://join-lemmy.org/ns#',
  litepub: 'http://litepub.social/ns#',
  misskey: 'https://misskey-hub.net/ns#',
  mls: 'https://purl.archive.org/socialweb/mls#',
  ostatus: 'http://ostatus.org#',
  pt: 'https://joinpeertube.org/ns#',
  schema: 'http://schema.org#',
  sec: 'https://w3id.org/security#',
  sm: 'http://smithereen.software/ns#',
  toot: 'http://joinmastodon.org/ns#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}
type Prefix = keyof typeof namespaces

/** `names` of a vocabulary as plain terms. */
const plain = (prefix: Prefix, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, `${prefix}:${name}`]))

/** `names` of a vocabulary as terms whose values are ids. */
const links = (prefix: Prefix, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, { '@id': `${prefix}:${name}`, '@type': '@id' }]))

const using = (...prefixes: Prefix[]) =>
  Object.fromEntries(prefixes.map((prefix) => [prefix, namespaces[prefix]]))
const numbers = (names: string) =>
  Object.fromEntries(
    names.split(' ').map((name) => [name, { '@id': `fw:${name}`, '@type': 'xsd:nonNegativeInteger' }]),
  )
const set = (id: string) => ({ '@id': `sec:${id}`, '@type': '@id', '@container': '@set' })

const litepub = {
  ...using('as', 'ostatus', 'schema', 'toot', 'fedibird', 'litepub', 'vcard', 'sm', 'misskey'),
  ...plain('toot', 'Emoji discoverable'),
  ...plain('as', 'Hashtag manuallyApprovesFollowers sensitive quoteUrl'),
  ...plain('schema', 'PropertyValue value'),
  ...plain('ostatus', 'atomUri'),
  ...links('ostatus', 'conversation'),
  ...plain('litepub', 'capabilities invisible directMessage EmojiReact ChatMessage formerRepresentations'),
  ...links('litepub', 'listMessage oauthRegistrationEndpoint'),
  ...links('as', 'alsoKnownAs'),
  ...plain('fedibird', 'quoteUri'),
  ...plain('sm', 'nonAnonymous'),
  ...plain('misskey', 'isCat'),
}

const securityV2 = {
  '@version': 1.1,
  ...using('sec', 'xsd'),
  ...plain(
    'sec',
    'Ed25519Signature2018 Ed25519VerificationKey2018 RsaSignature2018 RsaVerificationKey2018 jws proofValue',
  ),
  ...plain(
    'sec',
    'EcdsaSecp256k1Signature2019 EcdsaSecp256k1VerificationKey2019 allowedAction capabilityAction',
  ),
  ...links('sec', 'capability invocationTarget invoker parentCapability verificationMethod controller'),
  assertionMethod: set('assertionMethod'),
  authentication: set('authenticationMethod'),
  capabilityDelegation: set('capabilityDelegationMethod'),
  capabilityInvocation: set('capabilityInvocationMethod'),
  keyAgreement: set('keyAgreementMethod'),
  proof: { '@id': 'sec:proof', '@type': '@id', '@container': '@graph' },
  proofPurpose: { '@id': 'sec:proofPurpose', '@type': '@vocab' },
}

const funkwhale = {
  ...using('as', 'fw', 'schema', 'xsd'),
  ...plain('fw', 'Album Track Artist Library musicbrainzId copyright'),
  ...links('fw', 'library track album license'),
  ...numbers('bitrate size position disc'),
  cover: { '@id': 'fw:cover', '@type': 'as:Link' },
  artists: { '@id': 'fw:artists', '@type': '@id', '@container': '@list' },
  released: { '@id': 'fw:released', '@type': 'xsd:date' },
}

const magazines = {
  ...using('as', 'ostatus', 'schema', 'toot', 'pt', 'lemmy'),
  ...plain('as', 'Hashtag manuallyApprovesFollowers sensitive'),
  ...plain('schema', 'PropertyValue value'),
  ...plain('toot', 'blurhash focalPoint votersCount featured'),
  ...plain('pt', 'commentsEnabled'),
  ...plain('lemmy', 'postingRestrictedToMods stickied'),
}

/** The terms of Hubzilla and its kin, whose own vocabulary is named after the host that serves it. */
export const zot = (origin: string): Json => ({
  zot: `${origin}/apschema#`,
  ...using('as', 'ostatus', 'schema', 'toot', 'diaspora'),
  ...plain('as', 'sensitive movedTo copiedTo alsoKnownAs inheritPrivacy EmojiReact'),
  ...plain('ostatus', 'conversation'),
  ...plain('schema', 'PropertyValue value'),
  ...plain('toot', 'discoverable'),
  ...plain('diaspora', 'guid'),
  ...Object.fromEntries(
    [
      'commentPolicy',
      'topicalCollection',
      'eventRepeat',
      'emojiReaction',
      'expires',
      'directMessage',
      'Category',
      'replyTo',
    ].map((name) => [name, `zot:${name}`]),
  ),
})

const proposal = (number: string, plainNames: string, linkNames: string) => ({
  ...Object.fromEntries(plainNames.split(' ').map((name) => [name, `https://w3id.org/fep/${number}${name}`])),
  ...Object.fromEntries(
    linkNames
      .split(' ')
      .map((name) => [name, { '@id': `https://w3id.org/fep/${number}${name}`, '@type': '@id' }]),
  ),
})

const stamps = { ...using('gts'), ...links('gts', 'interactingObject interactionTarget') }

/** Contexts by address without scheme. Those of many hosts stand under `*` and the end of their path. */
export const contextTerms: Record<string, (Json | string)[]> = {
  'w3id.org/security/v2': ['https://w3id.org/security/v1', securityV2],
  'purl.archive.org/socialweb/mls': [
    {
      ...using('mls'),
      ...plain('mls', 'PublicMessage PrivateMessage Welcome GroupInfo KeyPackage encoding'),
      ...links('mls', 'keyPackages'),
    },
  ],
  'funkwhale.audio/ns': [funkwhale],
  'litepub.social/litepub/context.jsonld': [
    'https://www.w3.org/ns/activitystreams',
    'https://w3id.org/security/v1',
    litepub,
  ],
  '*/schemas/litepub-0.1.jsonld': [
    'https://www.w3.org/ns/activitystreams',
    'https://w3id.org/security/v1',
    'https://purl.archive.org/socialweb/webfinger',
    litepub,
  ],
  '*/contexts': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1', magazines],
  'w3id.org/fep/044f': [
    { ...stamps, ...proposal('044f#', 'QuoteRequest QuoteAuthorization', 'quote quoteAuthorization') },
  ],
  'w3id.org/fep/7aa9': [
    {
      ...stamps,
      ...proposal(
        '7aa9#',
        'FeatureRequest FeatureAuthorization FeaturedCollection',
        'canFeature featureAuthorization',
      ),
    },
  ],
  'w3id.org/fep/171b': [proposal('171b/', 'collectionOf', 'contextHistory')],
  'w3id.org/fep/8a8e': [
    proposal(
      '8a8e/',
      'timezone eventStatus displayEndTime joinMode isBannerImage AttendeesCollection OrganizersCollection',
      'attendees organizers upcomingEvents',
    ),
  ],
  'w3id.org/fep/c0e0': [
    { ...using('litepub', 'toot'), ...plain('litepub', 'EmojiReact'), ...plain('toot', 'Emoji') },
  ],
}
