/** The public audience, always written in full (wire G1). */
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

/** The other spellings of it that are understood. What only ends like it is not public (federation rule 142). */
const publicSpellings = new Set([PUBLIC, 'as:Public', 'Public'])
export const isPublic = (address: string): boolean => publicSpellings.has(address)

export const ACTIVITY_JSON = 'application/activity+json; charset=utf-8'

const AS = 'https://www.w3.org/ns/activitystreams'

const terms = {
  toot: 'http://joinmastodon.org/ns#',
  schema: 'http://schema.org#',
  ostatus: 'http://ostatus.org#',
  sensitive: 'as:sensitive',
  manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
  alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
  movedTo: { '@id': 'as:movedTo', '@type': '@id' },
  Hashtag: 'as:Hashtag',
  Emoji: 'toot:Emoji',
  featured: { '@id': 'toot:featured', '@type': '@id' },
  featuredTags: { '@id': 'toot:featuredTags', '@type': '@id' },
  discoverable: 'toot:discoverable',
  indexable: 'toot:indexable',
  memorial: 'toot:memorial',
  webfinger: 'https://purl.archive.org/socialweb/webfinger#webfinger',
  searchableBy: { '@id': 'fedibird:searchableBy', '@type': '@id' },
  votersCount: 'toot:votersCount',
  blurhash: 'toot:blurhash',
  focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' },
  PropertyValue: 'schema:PropertyValue',
  value: 'schema:value',
  conversation: 'ostatus:conversation',
  gts: 'https://gotosocial.org/ns#',
  misskey: 'https://misskey-hub.net/ns#',
  fedibird: 'http://fedibird.com/ns#',
  quote: { '@id': 'https://w3id.org/fep/044f#quote', '@type': '@id' },
  quoteAuthorization: { '@id': 'https://w3id.org/fep/044f#quoteAuthorization', '@type': '@id' },
  QuoteRequest: 'https://w3id.org/fep/044f#QuoteRequest',
  QuoteAuthorization: 'https://w3id.org/fep/044f#QuoteAuthorization',
  quoteUrl: 'as:quoteUrl',
  quoteUri: 'fedibird:quoteUri',
  _misskey_quote: 'misskey:_misskey_quote',
  _misskey_votes: 'misskey:_misskey_votes',
  _misskey_reaction: 'misskey:_misskey_reaction',
  lemmy: 'https://join-lemmy.org/ns#',
  postingRestrictedToMods: 'lemmy:postingRestrictedToMods',
  moderators: { '@id': 'lemmy:moderators', '@type': '@id' },
  Lock: 'lemmy:Lock',
  LikeRequest: 'gts:LikeRequest',
  ReplyRequest: 'gts:ReplyRequest',
  AnnounceRequest: 'gts:AnnounceRequest',
  LikeAuthorization: 'gts:LikeAuthorization',
  ReplyAuthorization: 'gts:ReplyAuthorization',
  AnnounceAuthorization: 'gts:AnnounceAuthorization',
  likeAuthorization: { '@id': 'gts:likeAuthorization', '@type': '@id' },
  replyAuthorization: { '@id': 'gts:replyAuthorization', '@type': '@id' },
  announceAuthorization: { '@id': 'gts:announceAuthorization', '@type': '@id' },
  approvedBy: { '@id': 'gts:approvedBy', '@type': '@id' },
  sec: 'https://w3id.org/security#',
  assertionMethod: { '@id': 'sec:assertionMethod', '@type': '@id', '@container': '@set' },
  Multikey: 'sec:Multikey',
  controller: { '@id': 'sec:controller', '@type': '@id' },
  publicKeyMultibase: { '@id': 'sec:publicKeyMultibase', '@type': 'sec:multibase' },
  DataIntegrityProof: 'sec:DataIntegrityProof',
  proof: { '@id': 'sec:proof', '@type': '@id' },
  cryptosuite: { '@id': 'sec:cryptosuite', '@type': 'sec:cryptosuiteString' },
  verificationMethod: { '@id': 'sec:verificationMethod', '@type': '@id' },
  proofPurpose: { '@id': 'sec:proofPurpose', '@type': '@vocab' },
  proofValue: { '@id': 'sec:proofValue', '@type': 'sec:multibase' },
  created: {
    '@id': 'http://purl.org/dc/terms/created',
    '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
  },
  litepub: 'http://litepub.social/ns#',
  EmojiReact: 'litepub:EmojiReact',
  ChatMessage: 'litepub:ChatMessage',
  interactingObject: { '@id': 'gts:interactingObject', '@type': '@id' },
  interactionTarget: { '@id': 'gts:interactionTarget', '@type': '@id' },
  interactionPolicy: { '@id': 'gts:interactionPolicy', '@type': '@id' },
  canQuote: { '@id': 'gts:canQuote', '@type': '@id' },
  canReply: { '@id': 'gts:canReply', '@type': '@id' },
  canLike: { '@id': 'gts:canLike', '@type': '@id' },
  canAnnounce: { '@id': 'gts:canAnnounce', '@type': '@id' },
  automaticApproval: { '@id': 'gts:automaticApproval', '@type': '@id' },
  manualApproval: { '@id': 'gts:manualApproval', '@type': '@id' },
  always: { '@id': 'gts:always', '@type': '@id' },
  approvalRequired: { '@id': 'gts:approvalRequired', '@type': '@id' },
}

/** The contexts of an actor, of a post and of an activity: exactly the terms of wire section 14. */
export const actorContext = [
  AS,
  'https://w3id.org/security/v1',
  pick(
    'toot',
    'schema',
    'manuallyApprovesFollowers',
    'alsoKnownAs',
    'movedTo',
    'Emoji',
    'Hashtag',
    'featured',
    'featuredTags',
    'discoverable',
    'indexable',
    'memorial',
    'webfinger',
    'fedibird',
    'searchableBy',
    'PropertyValue',
    'value',
    'sec',
    'assertionMethod',
    'Multikey',
    'controller',
    'publicKeyMultibase',
  ),
]
/** Of a group. */
export const groupContext = [
  ...actorContext,
  pick('sensitive', 'lemmy', 'postingRestrictedToMods', 'moderators'),
]
/** Of what moderators of a group do. */
export const moderationContext = [AS, pick('lemmy', 'Lock')]
export const postContext = [
  AS,
  pick(
    'toot',
    'ostatus',
    'sensitive',
    'Hashtag',
    'Emoji',
    'votersCount',
    'blurhash',
    'focalPoint',
    'conversation',
    'gts',
    'misskey',
    'fedibird',
    'quote',
    'quoteAuthorization',
    'quoteUrl',
    'quoteUri',
    '_misskey_quote',
    '_misskey_votes',
    'interactionPolicy',
    'canQuote',
    'canReply',
    'canLike',
    'canAnnounce',
    'automaticApproval',
    'manualApproval',
    'always',
    'approvalRequired',
    'replyAuthorization',
    'approvedBy',
  ),
]
/** Of a Like that says an emoji. */
export const reactionContext = [AS, pick('toot', 'Emoji', 'misskey', '_misskey_reaction')]
/** The same in the words of Pleroma and its kin. */
export const emojiReactContext = [AS, pick('toot', 'Emoji', 'litepub', 'EmojiReact')]
/** Of a message to one person. */
export const messageContext = [AS, pick('toot', 'Emoji', 'litepub', 'ChatMessage')]
/** Of what is about the approval of quotes, replies, likes and boosts. */
export const stampContext = [
  AS,
  pick(
    'gts',
    'QuoteRequest',
    'QuoteAuthorization',
    'LikeRequest',
    'ReplyRequest',
    'AnnounceRequest',
    'LikeAuthorization',
    'ReplyAuthorization',
    'AnnounceAuthorization',
    'interactingObject',
    'interactionTarget',
  ),
]
/** Of a Like or Announce that shows the yes which it needed. */
export const approvedContext = [AS, pick('gts', 'likeAuthorization', 'announceAuthorization', 'approvedBy')]
export const plainContext = [AS]
/** Of an integrity proof, beside the context of what has it. */
export const proofTerms = pick(
  'sec',
  'DataIntegrityProof',
  'proof',
  'cryptosuite',
  'verificationMethod',
  'proofPurpose',
  'assertionMethod',
  'proofValue',
  'created',
)

function pick(...names: (keyof typeof terms)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, terms[name]]))
}

/** A time as the wire has it, with milliseconds when there are any: ids of copies are made of it. */
export const timeText = (time: Date): string => time.toISOString().replace('.000Z', 'Z')
