import type { Payload } from '#test/support/payloads'

/** Kinds of things that have no home here yet: what is done with them instead. */
const homeless: Record<string, string> = {
  ban: 'is taken and forgotten: a ban in a group that is not here',
  'chat-message': 'is taken and forgotten: there are no chats',
  collection: 'is read, but nothing of it is shown',
  'conversation-add': 'is taken and forgotten: conversations have no owner',
  'interaction-authorization':
    'is taken and forgotten when it comes by itself: it is fetched when an answer names it',
  join: 'is taken and forgotten: events are posts, nobody joins them',
  lock: 'is taken and forgotten: threads are not locked',
  nodeinfo: 'is not read: nothing depends on the software of a server',
  'reply-approved': 'is taken and forgotten: videos are asked for no approval',
  'quote-authorization':
    'is taken and forgotten when it comes by itself: it is fetched when an answer names it',
  story: 'is taken and forgotten: there are no stories',
  'story-announced': 'is taken and forgotten: there are no stories',
  'story-reply': 'is taken and forgotten: there are no stories',
  'story-view': 'is taken and forgotten: there are no stories',
}

/** Single payloads of kinds that have a home otherwise. */
const homelessFiles: Record<string, string> = {
  'gotosocial/accept-reply-approval.json': 'is taken and forgotten: it is about a reply that is not here',
  'lemmy/add-featured-post.json': 'is taken and forgotten: groups pin nothing here',
  'lemmy/add-moderator.json': 'is taken and forgotten: moderators of groups elsewhere are not kept',
  'mitra/add-subscriber.json': 'is taken and forgotten: there are no subscriptions',
  'nodebb/context-conversation.json': 'is not read: threads are joined by what their posts answer',
  'piefed/feed-actor.json': 'is nobody: feeds of groups are not known',
}

/** Payloads with which another thing is done than is expected, and why. */
const different: Record<string, string> = {
  'bridgyfed/actor-service.json': 'is refused: the document lacks an inbox',
  'gnusocial/actor-group.json': 'is kept without its key, which names another owner (federation rule 14)',
  'mastodon/actor-suspended.json': 'is refused: the document has neither name nor inbox',
  'nodebb/announce-like.json': 'counts nothing: nobody proves the like but the group (federation rule 74)',
}

export type Outcome = { result: 'works' | 'not yet' | 'differs'; says: string }

/** What is to become of a payload here. */
export function outcomeOf({ file, expect: { kind } }: Payload): Outcome {
  if (different[file]) return { result: 'differs', says: different[file] }
  const says = homelessFiles[file] ?? homeless[kind]
  return says ? { result: 'not yet', says } : { result: 'works', says: 'is taken as it should be' }
}
